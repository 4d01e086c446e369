namespace LogDelivery.Logs.Destinations.Calls;

/// <summary>
/// The delivery channel of AWS Config, of which an account has one in a Region. Source: AWS Config API reference, PutDeliveryChannel,
/// DeleteDeliveryChannel. Seen in published events: PutDeliveryChannel, also refused.
/// </summary>
internal static class ConfigCalls
{
    private const string Service = "config";
    private const string Source = "Config";

    public static IReadOnlyList<DestinationCall> All { get; } =
    [
        new(Service, "PutDeliveryChannel", Set, Source),
        new(Service, "DeleteDeliveryChannel", call => [new(DestinationChangeKind.Ends, Source) { Identity = Channel(call) }]),
    ];

    private static IEnumerable<DestinationChange> Set(ManagementCall call)
        => call.Request.Find("deliveryChannel") is { IsObject: true } channel
            ?
            [
                new DestinationChange(DestinationChangeKind.Points, Source) { Resource = channel.Text("name"), Identity = Channel(call), KmsKeyId = channel.Text("s3KmsKeyArn") }
                    .To(channel.Text("s3BucketName"), channel.Text("s3KeyPrefix")),
            ]
            : [];

    private static string Channel(ManagementCall call) => call.Identity("delivery channel", null);
}
