using LogDelivery.Sources.Catalog;

namespace LogDelivery.Logs.Destinations.Calls;

/// <summary>
/// Logs of AWS WAF, one destination each. Source: AWS WAFV2 API reference, PutLoggingConfiguration, DeleteLoggingConfiguration. No
/// published event was found.
/// </summary>
internal static class WebAclCalls
{
    private const string Service = "wafv2";
    private static readonly string Source = Waf.Source.Id;

    public static IReadOnlyList<DestinationCall> All { get; } =
    [
        new(Service, "PutLoggingConfiguration", Set),
        new(Service, "DeleteLoggingConfiguration", call => [Of(call.Request, DestinationChangeKind.Ends)]),
    ];

    private static IEnumerable<DestinationChange> Set(ManagementCall call)
        => call.Request.Find("loggingConfiguration") is { IsObject: true } configuration
            ? [Of(configuration, DestinationChangeKind.Points).To(configuration.Texts("logDestinationConfigs") is [var destination, ..] ? destination : null)]
            : [];

    // Security Lake has a configuration of its own beside the customer's.
    private static DestinationChange Of(CallMembers configuration, DestinationChangeKind kind)
    {
        var (acl, scope) = (configuration.Text("resourceArn"), configuration.Text("logScope") ?? "CUSTOMER");
        return new(kind, Source) { Resource = acl, Identity = $"web ACL {scope} {acl}" };
    }
}
