namespace LogDelivery.Logs.Destinations.Calls;

/// <summary>
/// Resource data syncs of AWS Systems Manager. Source: Systems Manager API reference, CreateResourceDataSync, DeleteResourceDataSync. No
/// published event was found.
/// </summary>
internal static class DataSyncCalls
{
    private const string Service = "ssm";
    private const string Source = "SsmDataSync";

    public static IReadOnlyList<DestinationCall> All { get; } =
    [
        new(Service, "CreateResourceDataSync", Set),
        new(Service, "DeleteResourceDataSync", call => [Of(call, DestinationChangeKind.Ends)]),
    ];

    private static IEnumerable<DestinationChange> Set(ManagementCall call)
        => call.Request.Find("s3Destination") is { IsObject: true } place
            ? [Of(call, DestinationChangeKind.Points).To(place.Text("bucketName"), place.Text("prefix")) with { KmsKeyId = place.Find("aWSKMSKeyARN").AsText }]
            : [];

    private static DestinationChange Of(ManagementCall call, DestinationChangeKind kind)
    {
        var name = call.Request.Text("syncName");
        return new(kind, Source) { Resource = name, Identity = call.Identity("data sync", name) };
    }
}
