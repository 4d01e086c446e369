using LogDelivery.Sources.Catalog;

namespace LogDelivery.Logs.Destinations.Calls;

/// <summary>
/// Findings that GuardDuty exports. Source: GuardDuty API reference, CreatePublishingDestination, UpdatePublishingDestination,
/// DeletePublishingDestination. No published event was found.
/// </summary>
internal static class GuardDutyCalls
{
    public static IReadOnlyList<DestinationCall> All { get; } =
    [
        new("guardduty", "CreatePublishingDestination", Publish),
        new("guardduty", "UpdatePublishingDestination", Publish),
        new("guardduty", "DeletePublishingDestination", call => [OfDetector(call, DestinationChangeKind.Ends)]),
    ];

    private static IEnumerable<DestinationChange> Publish(ManagementCall call)
    {
        var place = call.Request.Find("destinationProperties");
        return place.IsObject
            ? [OfDetector(call, DestinationChangeKind.Points).To(place.Text("destinationArn")) with { KmsKeyId = place.Text("kmsKeyArn"), IsPartial = true }]
            : [];
    }

    private static DestinationChange OfDetector(ManagementCall call, DestinationChangeKind kind)
    {
        var detector = call.Request.Text("detectorId");
        var id = call.Request.Text("destinationId") ?? call.Response.Text("destinationId");
        return new(kind, GuardDuty.Source.Id)
        {
            Resource = detector,
            Identity = id is null ? null : call.Identity("publishing destination", id),
            Owner = id is null ? call.Identity("findings of", detector) : null,
            ConfigurationIds = id is null || kind == DestinationChangeKind.Ends ? [] : [id],
            SourceArn = detector is null ? null : call.ArnOf("guardduty", $"detector/{detector}"),
        };
    }
}
