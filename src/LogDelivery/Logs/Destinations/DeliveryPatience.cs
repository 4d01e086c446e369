namespace LogDelivery.Logs.Destinations;

/// <summary>
/// How long after a destination was set the first file may take, by what AWS documents of each source. Where nothing is
/// documented, or only what people do makes a file, nothing can be said of a file that does not come.
/// </summary>
internal static class DeliveryPatience
{
    private static readonly TimeSpan Minutes = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    /// <summary>The time after which a file should have come; <see langword="null"/> where there is none.</summary>
    /// <param name="source">The id of the source.</param>
    public static TimeSpan? Of(string source) => source switch
    {
        // Written every five minutes (or aggregated for ten, and ten more to S3), whether or not there is much to write.
        "CloudTrail" or "VpcFlowLogs" or "TransitGatewayFlowLogs" => Minutes,

        // Writing is tried while the call that sets the destination runs.
        "AlbAccessLogs" or "ClbAccessLogs" or "Config" or "CloudWatchLogsExport" => Minutes,

        // Written once there are requests, queries or records.
        "NlbAccessLogs" or "Waf" or "NetworkFirewall" or "ResolverQueryLogs" or "VpcLattice" or "VerifiedAccess" or "MskBrokerLogs" or "Firehose" or "RedshiftAudit" => Day,
        "S3AccessLogs" or "CloudFrontLegacy" or "CloudFrontV2" or "GlobalAccelerator" or "VendedLogsV2" => Day,

        // Every day or every week.
        "StorageLens" or "S3Inventory" => 9 * Day,
        _ => null,
    };
}
