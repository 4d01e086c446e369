using LogDelivery.Sources.Catalog;

namespace LogDelivery.Logs.Destinations.Calls;

/// <summary>
/// Logs of AWS Network Firewall. A call has the whole configuration, a destination for each type of log. Source: Network Firewall API
/// reference, UpdateLoggingConfiguration, DeleteFirewall. Seen in published events: CreateFirewall, which shows how members are named.
/// </summary>
internal static class FirewallCalls
{
    private const string Service = "network-firewall";
    private static readonly string Source = NetworkFirewall.Source.Id;
    private static readonly string[] LogTypes = ["ALERT", "FLOW", "TLS"];

    public static IReadOnlyList<DestinationCall> All { get; } =
    [
        new(Service, "UpdateLoggingConfiguration", Set),
        new(Service, "DeleteFirewall", call => [Of(call, DestinationChangeKind.Ends)]),
    ];

    private static IEnumerable<DestinationChange> Set(ManagementCall call)
    {
        if (!call.Request.IsObject)
        {
            yield break;
        }

        var set = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var log in call.Request.Find("loggingConfiguration")["logDestinationConfigs"].Items)
        {
            var type = log.Text("logType");
            var place = log["logDestination"];
            set.Add(type ?? string.Empty);
            yield return Of(call, DestinationChangeKind.Points) with
            {
                LogType = type?.ToUpperInvariant(),
                Destination = place.Text("bucketName") ?? place.Text("logGroup") ?? place.Text("deliveryStream"),
                BucketName = place.Text("bucketName"),
                KeyPrefix = place.Text("prefix"),
            };
        }

        if (call.ErrorCode is null)
        {
            foreach (var type in LogTypes.Where(t => !set.Contains(t)))
            {
                yield return Of(call, DestinationChangeKind.Ends) with { LogType = type };
            }
        }
    }

    private static DestinationChange Of(ManagementCall call, DestinationChangeKind kind)
    {
        var logged = call.Request.Text("firewallArn") ?? call.Response.Text("firewallArn") ?? call.Request.Text("firewallName");
        return new(kind, Source) { Resource = logged, Identity = call.ArnOf(Service, logged is null ? null : logged.StartsWith("arn:", StringComparison.Ordinal) ? logged : $"firewall/{logged}") };
    }
}
