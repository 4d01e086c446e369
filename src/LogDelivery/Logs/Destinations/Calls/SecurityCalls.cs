namespace LogDelivery.Logs.Destinations.Calls;

/// <summary>
/// Findings of GuardDuty, results of Macie, reports of Inspector. Source: GuardDuty API reference, CreatePublishingDestination,
/// UpdatePublishingDestination, DeletePublishingDestination; Macie API reference, PutClassificationExportConfiguration; Inspector API
/// reference, CreateFindingsReport, CreateSbomExport. No published event was found.
/// </summary>
internal static class SecurityCalls
{
    public static IReadOnlyList<DestinationCall> All { get; } =
    [
        new("guardduty", "CreatePublishingDestination", Publish, "GuardDuty"),
        new("guardduty", "UpdatePublishingDestination", Publish),
        new("guardduty", "DeletePublishingDestination", call => [OfDetector(call, DestinationChangeKind.Ends)]),
        new("macie2", "PutClassificationExportConfiguration", Classify, "Macie"),
        new("inspector2", "CreateFindingsReport", Inspect, "Inspector"),
        new("inspector2", "CreateSbomExport", Inspect, "Inspector"),
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
        return new(kind, "GuardDuty")
        {
            Resource = detector,
            Identity = id is null ? null : call.Identity("publishing destination", id),
            Owner = id is null ? call.Identity("findings of", detector) : null,
            ConfigurationIds = id is null || kind == DestinationChangeKind.Ends ? [] : [id],
            SourceArn = detector is null ? null : call.ArnOf("guardduty", $"detector/{detector}"),
        };
    }

    private static IEnumerable<DestinationChange> Classify(ManagementCall call)
    {
        var change = new DestinationChange(DestinationChangeKind.Points, "Macie") { Identity = call.Identity("macie", null) };
        return !call.Request.IsObject ? []
            : call.Request.Find("s3Destination") is { IsObject: true } place ? [change.To(place.Text("bucketName"), place.Text("keyPrefix")) with { KmsKeyId = place.Text("kmsKeyArn") }]
            : [change with { Kind = DestinationChangeKind.Ends }];
    }

    // Each report is for itself.
    private static IEnumerable<DestinationChange> Inspect(ManagementCall call)
        => call.Request.Find("s3Destination") is { IsObject: true } place
            ?
            [
                new DestinationChange(DestinationChangeKind.Points, "Inspector")
                {
                    Identity = call.Identity("inspector", call.Name),
                    ConfigurationIds = call.Response.Text("reportId") is { } id ? [id] : [],
                    KmsKeyId = place.Text("kmsKeyArn"),
                }.To(place.Text("bucketName"), place.Text("keyPrefix")),
            ]
            : [];
}
