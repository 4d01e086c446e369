namespace LogDelivery.Logs.Destinations.Calls;

/// <summary>
/// Logs of Verified Access, and the data feed of Spot Instances, of which an account has one. Source: EC2 API reference,
/// ModifyVerifiedAccessInstanceLoggingConfiguration, DeleteVerifiedAccessInstance, CreateSpotDatafeedSubscription,
/// DeleteSpotDatafeedSubscription. No published event was found.
/// </summary>
internal static class Ec2Calls
{
    private const string Service = "ec2";

    public static IReadOnlyList<DestinationCall> All { get; } =
    [
        new(Service, "ModifyVerifiedAccessInstanceLoggingConfiguration", SetAccess),
        new(Service, "DeleteVerifiedAccessInstance", call => [OfAccess(call, DestinationChangeKind.Ends)]),
        new(Service, "CreateSpotDatafeedSubscription", SetFeed, "SpotDataFeed"),
        new(Service, "DeleteSpotDatafeedSubscription", call => [OfFeed(call, DestinationChangeKind.Ends)]),
    ];

    private static IEnumerable<DestinationChange> SetAccess(ManagementCall call)
    {
        var place = call.Request.Find("accessLogs")["s3"];
        return !place.IsObject ? []
            : place.Flag("enabled") == false ? [OfAccess(call, DestinationChangeKind.Ends)]
            : [OfAccess(call, DestinationChangeKind.Points).To(place.Text("bucketName"), place.Text("prefix"))];
    }

    private static DestinationChange OfAccess(ManagementCall call, DestinationChangeKind kind)
    {
        var id = call.Request.Find("verifiedAccessInstanceId").AsText;
        return new(kind, "VerifiedAccess") { Resource = id, Identity = call.Identity("verified access", id) };
    }

    private static IEnumerable<DestinationChange> SetFeed(ManagementCall call)
        => call.Request.IsObject ? [OfFeed(call, DestinationChangeKind.Points).To(call.Request.Find("bucket").AsText, call.Request.Find("prefix").AsText)] : [];

    private static DestinationChange OfFeed(ManagementCall call, DestinationChangeKind kind)
        => new(kind, "SpotDataFeed") { Identity = $"spot data feed {call.AccountId}" };
}
