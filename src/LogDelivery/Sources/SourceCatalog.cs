using LogDelivery.Sources.Catalog;

namespace LogDelivery.Sources;

/// <summary>Every delivery source that is known, related ones beside each other.</summary>
public static class SourceCatalog
{
    /// <summary>All sources.</summary>
    public static IReadOnlyList<DeliverySource> All { get; } =
    [
        CloudTrail.Source,
        VpcFlowLogs.Source,
        TransitGatewayFlowLogs.Source,
        AlbAccessLogs.Source,
        ClbAccessLogs.Source,
        NlbAccessLogs.Source,
        S3AccessLogs.Source,
        Config.Source,
        CloudFrontLegacy.Source,
        CloudFrontV2.Source,
        Waf.Source,
        NetworkFirewall.Source,
        ResolverQueryLogs.Source,
        GlobalAccelerator.Source,
        MskBrokerLogs.Source,
        VpcLattice.Source,
        VerifiedAccess.Source,
        CloudWatchLogsExport.Source,
        GuardDuty.Source,
        RedshiftAudit.Source,
        Firehose.Source,
        BedrockInvocation.Source,
        Macie.Source,
        Inspector.Source,
        DataExports.Source,
        CostAndUsageReport.Source,
        S3Inventory.Source,
        StorageLens.Source,
        Ses.Source,
        SsmDataSync.Source,
        ComputeOptimizer.Source,
        SpotDataFeed.Source,
        VendedLogsV2.Source,
    ];

    /// <summary>Finds a source by its id.</summary>
    /// <param name="id">The id; not case-sensitive.</param>
    /// <returns>The source, or <see langword="null"/>.</returns>
    public static DeliverySource? Find(string? id)
        => All.FirstOrDefault(s => s.Id.Equals(id, StringComparison.OrdinalIgnoreCase));
}
