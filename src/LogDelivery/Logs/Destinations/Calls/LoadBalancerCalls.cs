using LogDelivery.Sources.Catalog;

namespace LogDelivery.Logs.Destinations.Calls;

/// <summary>
/// Logs of load balancers, of both generations, which share the names of their APIs. Source: Elastic Load Balancing API references
/// 2012-06-01 and 2015-12-01, ModifyLoadBalancerAttributes, DeleteLoadBalancer. No published event was found.
/// </summary>
internal static class LoadBalancerCalls
{
    private const string Service = "elasticloadbalancing";
    private static readonly string[] Logs = ["access_logs", "connection_logs", "health_check_logs"];

    public static IReadOnlyList<DestinationCall> All { get; } =
    [
        new(Service, "ModifyLoadBalancerAttributes", call => call.Request["loadBalancerAttributes"].Exists ? OfClassic(call) : OfOthers(call)),
        new(Service, "DeleteLoadBalancer", Delete),
    ];

    private static IEnumerable<DestinationChange> OfClassic(ManagementCall call)
    {
        var log = call.Request["loadBalancerAttributes"]["accessLog"];
        if (!log.IsObject)
        {
            return [];
        }

        var name = call.Request.Text("loadBalancerName");
        var change = new DestinationChange(log.Flag("enabled") == false ? DestinationChangeKind.Ends : DestinationChangeKind.Points, ClbAccessLogs.Source.Id)
        {
            Resource = name,
            Identity = call.Identity("load balancer", name),
            IsPartial = true,
        };
        return [change.To(log.Text("s3BucketName"), log.Text("s3BucketPrefix"))];
    }

    private static IEnumerable<DestinationChange> OfOthers(ManagementCall call)
    {
        var (asked, answered) = (Attributes(call.Request), Attributes(call.Response));
        var arn = call.Request.Text("loadBalancerArn");
        foreach (var log in Logs)
        {
            var (enabled, bucket, prefix) = ($"{log}.s3.enabled", $"{log}.s3.bucket", $"{log}.s3.prefix");
            if (!asked.ContainsKey(enabled) && !asked.ContainsKey(bucket) && !asked.ContainsKey(prefix))
            {
                continue;
            }

            // What is not asked for keeps its value; the answer has them all.
            string? Value(string name) => asked.GetValueOrDefault(name) ?? answered.GetValueOrDefault(name);
            var isOff = "false".Equals(Value(enabled), StringComparison.OrdinalIgnoreCase);
            var change = new DestinationChange(isOff ? DestinationChangeKind.Ends : DestinationChangeKind.Points, SourceOf(arn))
            {
                Resource = arn,
                Identity = call.Identity("load balancer", arn),
                LogType = log,
                IsPartial = true,
            };
            yield return change.To(Value(bucket), Value(prefix));
        }
    }

    private static IEnumerable<DestinationChange> Delete(ManagementCall call)
        => (call.Request.Text("loadBalancerArn") ?? call.Request.Text("loadBalancerName")) is { } name
            ? [new(DestinationChangeKind.Ends, SourceOf(name)) { Identity = call.Identity("load balancer", name) }]
            : [];

    private static Dictionary<string, string> Attributes(CallMembers members)
    {
        var found = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var attribute in members["attributes"].Items)
        {
            if (attribute.Text("key") is { } key)
            {
                found[key] = attribute.Text("value") ?? (attribute.Flag("value") is { } flag ? flag ? "true" : "false" : string.Empty);
            }
        }

        return found;
    }

    private static string SourceOf(string? arn) => arn?.Contains(":loadbalancer/net/", StringComparison.Ordinal) == true ? NlbAccessLogs.Source.Id : AlbAccessLogs.Source.Id;
}
