using LogDelivery.Sources.Catalog;

namespace LogDelivery.Logs.Destinations.Calls;

/// <summary>
/// Query logs of Route 53 Resolver. The destination of a configuration is never changed. Source: Route 53 Resolver API reference,
/// CreateResolverQueryLogConfig, DeleteResolverQueryLogConfig. Seen in published events: DeleteResolverQueryLogConfig.
/// </summary>
internal static class ResolverCalls
{
    private const string Service = "route53resolver";
    private static readonly string Source = ResolverQueryLogs.Source.Id;

    public static IReadOnlyList<DestinationCall> All { get; } =
    [
        new(Service, "CreateResolverQueryLogConfig", Create),
        new(Service, "DeleteResolverQueryLogConfig", Delete),
    ];

    private static IEnumerable<DestinationChange> Create(ManagementCall call)
    {
        if (!call.Request.IsObject)
        {
            return [];
        }

        var made = call.Response.Find("resolverQueryLogConfig");
        var name = call.Request.Text("name");
        var change = new DestinationChange(DestinationChangeKind.Points, Source)
        {
            Resource = made.Text("arn") ?? name,
            Owner = call.Identity("query log", name),
            ConfigurationIds = made.Text("id") is { } id ? [id] : [],
        };
        return [change.To(call.Request.Text("destinationArn"))];
    }

    private static IEnumerable<DestinationChange> Delete(ManagementCall call)
        => call.Request.Text("resolverQueryLogConfigId") is { } id ? [new(DestinationChangeKind.Ends, Source) { ConfigurationIds = [id] }] : [];
}
