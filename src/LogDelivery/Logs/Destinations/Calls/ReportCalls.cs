namespace LogDelivery.Logs.Destinations.Calls;

/// <summary>
/// Reports on cost and usage, data exports, exports of Compute Optimizer. Source: Cost and Usage Report API reference,
/// PutReportDefinition, ModifyReportDefinition, DeleteReportDefinition; Data Exports API reference, CreateExport, UpdateExport,
/// DeleteExport; Compute Optimizer API reference, the Export operations. No published event was found.
/// </summary>
internal static class ReportCalls
{
    private static readonly string[] Recommendations =
    [
        "ExportAutoScalingGroupRecommendations", "ExportEBSVolumeRecommendations", "ExportEC2InstanceRecommendations", "ExportECSServiceRecommendations",
        "ExportIdleRecommendations", "ExportLambdaFunctionRecommendations", "ExportLicenseRecommendations", "ExportRDSDatabaseRecommendations",
    ];

    public static IReadOnlyList<DestinationCall> All { get; } =
    [
        new("cur", "PutReportDefinition", SetReport, "CostAndUsageReport"),
        new("cur", "ModifyReportDefinition", SetReport, "CostAndUsageReport"),
        new("cur", "DeleteReportDefinition", call => [OfReport(call, DestinationChangeKind.Ends)]),
        new("bcm-data-exports", "CreateExport", SetExport, "DataExports"),
        new("bcm-data-exports", "UpdateExport", SetExport, "DataExports"),
        new("bcm-data-exports", "DeleteExport", call => [OfExport(call, DestinationChangeKind.Ends)]),
        .. Recommendations.Select(n => new DestinationCall("compute-optimizer", n, SetRecommendations, "ComputeOptimizer")),
    ];

    private static IEnumerable<DestinationChange> SetReport(ManagementCall call)
        => call.Request.Find("reportDefinition") is { IsObject: true } report
            ? [OfReport(call, DestinationChangeKind.Points).To(report.Text("s3Bucket"), report.Text("s3Prefix"))]
            : [];

    private static DestinationChange OfReport(ManagementCall call, DestinationChangeKind kind)
    {
        var name = call.Request.Text("reportName") ?? call.Request.Find("reportDefinition").Text("reportName");
        return new(kind, "CostAndUsageReport") { Resource = name, Identity = $"report {call.AccountId} {name}" };
    }

    private static IEnumerable<DestinationChange> SetExport(ManagementCall call)
        => call.Request.Find("s3Destination") is { IsObject: true } place
            ? [OfExport(call, DestinationChangeKind.Points).To(place.Text("s3Bucket"), place.Text("s3Prefix"))]
            : [];

    private static DestinationChange OfExport(ManagementCall call, DestinationChangeKind kind)
    {
        var arn = call.Request.Text("exportArn") ?? call.Response.Text("exportArn");
        var name = call.Request.Find("export").Text("name");
        return new(kind, "DataExports") { Resource = arn ?? name, Identity = arn is null ? null : $"export {arn}", Owner = arn is null ? $"export {call.AccountId} {name}" : null };
    }

    private static IEnumerable<DestinationChange> SetRecommendations(ManagementCall call)
        => call.Request.Find("s3DestinationConfig") is { IsObject: true } place
            ?
            [
                new DestinationChange(DestinationChangeKind.Points, "ComputeOptimizer")
                {
                    Identity = call.Identity("recommendations", call.Name),
                    ConfigurationIds = call.Response.Text("jobId") is { } id ? [id] : [],
                }.To(place.Text("bucket"), place.Text("keyPrefix")),
            ]
            : [];
}
