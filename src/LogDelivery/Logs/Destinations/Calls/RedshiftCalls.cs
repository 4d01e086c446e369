using LogDelivery.Sources.Catalog;

namespace LogDelivery.Logs.Destinations.Calls;

/// <summary>
/// Audit logs of Amazon Redshift. Source: Amazon Redshift API reference, EnableLogging, DisableLogging, DeleteCluster. Seen in published
/// events: other calls, which show how members are named.
/// </summary>
internal static class RedshiftCalls
{
    private const string Service = "redshift";
    private static readonly string Source = RedshiftAudit.Source.Id;

    public static IReadOnlyList<DestinationCall> All { get; } =
    [
        new(Service, "EnableLogging", Set),
        new(Service, "DisableLogging", call => [Of(call, DestinationChangeKind.Ends)]),
        new(Service, "DeleteCluster", call => [Of(call, DestinationChangeKind.Ends)]),
    ];

    private static IEnumerable<DestinationChange> Set(ManagementCall call)
        => !call.Request.IsObject ? []
            : "cloudwatch".Equals(call.Request.Text("logDestinationType"), StringComparison.OrdinalIgnoreCase) ? [Of(call, DestinationChangeKind.Points) with { Destination = "cloudwatch" }]
            : [Of(call, DestinationChangeKind.Points).To(call.Request.Text("bucketName") ?? call.Response.Text("bucketName"), call.Request.Text("s3KeyPrefix"))];

    private static DestinationChange Of(ManagementCall call, DestinationChangeKind kind)
    {
        var cluster = call.Request.Text("clusterIdentifier");
        return new(kind, Source) { Resource = cluster, Identity = call.Identity("cluster", cluster) };
    }
}
