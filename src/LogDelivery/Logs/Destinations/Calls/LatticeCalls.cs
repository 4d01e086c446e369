using LogDelivery.Sources.Catalog;

namespace LogDelivery.Logs.Destinations.Calls;

/// <summary>
/// Access logs of Amazon VPC Lattice. Source: VPC Lattice API reference, CreateAccessLogSubscription, UpdateAccessLogSubscription,
/// DeleteAccessLogSubscription. No published event was found.
/// </summary>
internal static class LatticeCalls
{
    private const string Service = "vpc-lattice";
    private static readonly string Source = VpcLattice.Source.Id;

    public static IReadOnlyList<DestinationCall> All { get; } =
    [
        new(Service, "CreateAccessLogSubscription", Set),
        new(Service, "UpdateAccessLogSubscription", Set),
        new(Service, "DeleteAccessLogSubscription", call => [Of(call, DestinationChangeKind.Ends)]),
    ];

    private static IEnumerable<DestinationChange> Set(ManagementCall call)
        => call.Request.IsObject ? [Of(call, DestinationChangeKind.Points).To(call.Request.Text("destinationArn"))] : [];

    // An update names the subscription by its id or by its ARN, which ends with the id.
    private static DestinationChange Of(ManagementCall call, DestinationChangeKind kind)
    {
        var named = call.Request.Text("accessLogSubscriptionIdentifier") ?? call.Response.Text("id");
        var id = named?[(named.LastIndexOf('/') + 1)..];
        var resource = call.Response.Text("resourceArn") ?? call.Request.Text("resourceIdentifier") ?? named;
        return new(kind, Source)
        {
            Resource = resource,
            Identity = id is null ? null : call.Identity("access log subscription", id),
            Owner = id is null ? call.Identity("access log of", resource) : null,
            ConfigurationIds = id is null || kind == DestinationChangeKind.Ends ? [] : [id],
        };
    }
}
