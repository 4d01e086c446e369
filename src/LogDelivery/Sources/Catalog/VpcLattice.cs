namespace LogDelivery.Sources.Catalog;

/// <summary>Amazon VPC Lattice access logs. Source: VPC Lattice user guide, monitoring-access-logs.</summary>
internal static class VpcLattice
{
    public static readonly DeliverySource Source = new("VpcLattice")
    {
        Name = "Amazon VPC Lattice access logs",
        Principal = VendedLogs.Principal,
        SourceArns = VendedLogs.SourceArnsV1,
        Guard = Guards.AccountAndArnLike,
        Grants = VendedLogs.GrantsV1(
            VendedLogs.LogFile("{prefix}AWSLogs/{account}/VpcLattice/AccessLogs/{region}/2026/01/31/svc-0123456789abcdef0/{account}_VpcLatticeAccessLogs_{region}_svc-0123456789abcdef0_20260131T2350Z_abcdef12.json.gz"),
            VendedLogs.LogFile("{prefix}AWSLogs/{account}/VpcLattice/ResourceAccessLogs/{region}/2026/01/31/rcfg-0123456789abcdef0/{account}_VpcLatticeResourceAccessLogs_{region}_rcfg-0123456789abcdef0_20260131T2350Z_abcdef12.json.gz") with { Name = "resource log file" }),
        KeyGrants = VendedLogs.KeyGrants,
        Parameters = VendedLogs.Parameters,
        KeyFolders = ["VpcLattice"],
        KeyLayout = "{prefix}AWSLogs/{account}/VpcLattice/AccessLogs|ResourceAccessLogs/{region}/{date}/RESOURCE-ID/{account}_VpcLatticeAccessLogs_{region}_RESOURCE-ID_YYYYMMDDTHHmmZ_HASH.json.gz",
        KeyDateFormat = "yyyy'/'MM'/'dd",
        Latency = "about 6 minutes, best effort",

        // Written once there are requests, queries or records.
        FirstObjectWithin = TimeSpan.FromHours(24),
        StatusApi = null,

        ManagementCalls = new("vpc-lattice")
        {
            AlwaysSets = ["CreateAccessLogSubscription", "UpdateAccessLogSubscription"],
            Ends = ["DeleteAccessLogSubscription"],
        },
        Documentation = new("https://docs.aws.amazon.com/vpc-lattice/latest/ug/monitoring-access-logs.html"),
        Notes =
        [
            "Resource configurations are logged apart from services, into the folder ResourceAccessLogs.",
            VendedLogs.OwnerNote,
            VendedLogs.HeadBucketNote,
        ],
    };
}
