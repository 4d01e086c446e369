using LogDelivery.Sources.Catalog;

namespace LogDelivery.Logs.Destinations.Calls;

/// <summary>
/// Data exports of Billing and Cost Management. Source: Data Exports API reference, CreateExport, UpdateExport, DeleteExport. No
/// published event was found.
/// </summary>
internal static class DataExportCalls
{
    public static IReadOnlyList<DestinationCall> All { get; } =
    [
        new("bcm-data-exports", "CreateExport", SetExport),
        new("bcm-data-exports", "UpdateExport", SetExport),
        new("bcm-data-exports", "DeleteExport", call => [OfExport(call, DestinationChangeKind.Ends)]),
    ];

    private static IEnumerable<DestinationChange> SetExport(ManagementCall call)
        => call.Request.Find("s3Destination") is { IsObject: true } place
            ? [OfExport(call, DestinationChangeKind.Points).To(place.Text("s3Bucket"), place.Text("s3Prefix"))]
            : [];

    private static DestinationChange OfExport(ManagementCall call, DestinationChangeKind kind)
    {
        var arn = call.Request.Text("exportArn") ?? call.Response.Text("exportArn");
        var name = call.Request.Find("export").Text("name");
        return new(kind, DataExports.Source.Id) { Resource = arn ?? name, Identity = arn is null ? null : $"export {arn}", Owner = arn is null ? $"export {call.AccountId} {name}" : null };
    }
}
