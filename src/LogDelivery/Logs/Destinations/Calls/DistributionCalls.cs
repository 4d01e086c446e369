using LogDelivery.Sources.Catalog;

namespace LogDelivery.Logs.Destinations.Calls;

/// <summary>
/// Standard logs (legacy) of CloudFront. A call has the whole configuration of a distribution. Source: CloudFront API reference,
/// CreateDistribution, CreateDistributionWithTags, UpdateDistribution, DeleteDistribution. Seen in published events: UpdateDistribution.
/// </summary>
internal static class DistributionCalls
{
    private const string Service = "cloudfront";
    private static readonly string Source = CloudFrontLegacy.Source.Id;

    public static IReadOnlyList<DestinationCall> All { get; } =
    [
        new(Service, "CreateDistribution", Set),
        new(Service, "CreateDistributionWithTags", Set),
        new(Service, "UpdateDistribution", Set),
        new(Service, "DeleteDistribution", call => [Of(call, DestinationChangeKind.Ends)]),
    ];

    private static IEnumerable<DestinationChange> Set(ManagementCall call)
    {
        var asked = call.Request.Find("distributionConfig")["logging"];
        var log = asked.IsObject ? asked : call.Response.Find("distributionConfig")["logging"];
        if (!log.IsObject)
        {
            return [];
        }

        // Version 2 leaves the legacy switch off, and a switch that is on without a bucket is one that is off.
        var host = log.Text("bucket");
        return log.Flag("enabled") == false || string.IsNullOrEmpty(host)
            ? [Of(call, DestinationChangeKind.Ends)]
            : [Of(call, DestinationChangeKind.Points) with { Destination = host, BucketName = S3Place.OfHost(host).BucketName, KeyPrefix = log.Text("prefix") }];
    }

    private static DestinationChange Of(ManagementCall call, DestinationChangeKind kind)
    {
        var made = call.Response.Find("distribution");
        var id = call.Request.Text("id") ?? made.Text("id");
        return new(kind, Source) { Resource = made.Text("aRN") ?? id, Identity = id is null ? null : $"distribution {id}" };
    }
}
