namespace LogDelivery.Logs.Destinations.Calls;

/// <summary>
/// Broker logs of Amazon MSK. Source: Amazon MSK API reference, clusters (CreateCluster, CreateClusterV2, UpdateMonitoring, DeleteCluster).
/// No published event was found.
/// </summary>
internal static class BrokerCalls
{
    private const string Service = "kafka";
    private const string Source = "MskBrokerLogs";

    public static IReadOnlyList<DestinationCall> All { get; } =
    [
        new(Service, "CreateCluster", Set),
        new(Service, "CreateClusterV2", Set),
        new(Service, "UpdateMonitoring", Set),
        new(Service, "DeleteCluster", call => [Of(call, DestinationChangeKind.Ends)]),
    ];

    private static IEnumerable<DestinationChange> Set(ManagementCall call)
    {
        var place = call.Request.Find("brokerLogs")["s3"];
        return !place.IsObject ? []
            : place.Flag("enabled") == false ? [Of(call, DestinationChangeKind.Ends)]
            : [Of(call, DestinationChangeKind.Points).To(place.Text("bucket"), place.Text("prefix"))];
    }

    private static DestinationChange Of(ManagementCall call, DestinationChangeKind kind)
    {
        var logged = call.Request.Text("clusterArn") ?? call.Response.Text("clusterArn") ?? call.Request.Text("clusterName");
        return new(kind, Source) { Resource = logged, Identity = $"brokers {logged}" };
    }
}
