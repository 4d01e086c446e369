namespace LogDelivery.Sources.Catalog;

/// <summary>VPC flow logs. Source: VPC user guide, flow-logs-s3, flow-logs-s3-permissions, flow-logs-troubleshooting.</summary>
internal static class VpcFlowLogs
{
    /// <summary>What flow logs write, plain and for Hive; those of transit gateways go into the same folders.</summary>
    public static readonly CallTemplate[] Writes =
    [
        VendedLogs.LogFile("{prefix}AWSLogs/{accountSegment}/vpcflowlogs/{region}/2026/01/31/{account}_vpcflowlogs_{region}_fl-1234abcd_20260131T2350Z_abcdef12.log.gz") with
        {
            When = d => !d.HiveCompatiblePartitions,
        },
        VendedLogs.LogFile("{prefix}AWSLogs/{accountSegment}/aws-service=vpcflowlogs/aws-region={region}/year=2026/month=01/day=31/{account}_vpcflowlogs_{region}_fl-1234abcd_20260131T2350Z_abcdef12.log.gz") with
        {
            When = d => d.HiveCompatiblePartitions,
        },
    ];

    public const string Layout = "{prefix}AWSLogs/{account}/vpcflowlogs/{region}/{date}/[HH/]{account}_vpcflowlogs_{region}_fl-ID_YYYYMMDDTHHmmZ_HASH.log.gz";

    public const string HiveLayout = "{prefix}AWSLogs/aws-account-id={account}/aws-service=vpcflowlogs/aws-region={region}/{date}/[hour=HH/]{account}_vpcflowlogs_{region}_fl-ID_YYYYMMDDTHHmmZ_HASH.log.gz";

    public const string HiveDate = "'year='yyyy'/month='MM'/day='dd";

    public static readonly DeliverySource Source = new("VpcFlowLogs")
    {
        Name = "Amazon VPC flow logs",
        Principal = VendedLogs.Principal,
        SourceArns = VendedLogs.SourceArnsV1,
        Guard = Guards.AccountAndArnLike,
        Grants = VendedLogs.GrantsV1(Writes),
        KeyGrants = VendedLogs.KeyGrants,
        Constraints = new() { ForbidsAwsLogsInPrefix = true },
        Parameters = [.. VendedLogs.Parameters, VendedLogs.HiveParameter],
        KeyFolders = ["vpcflowlogs"],
        KeyLayout = Layout,
        KeyDateFormat = "yyyy'/'MM'/'dd",
        HiveKeyLayout = HiveLayout,
        HiveKeyDateFormat = HiveDate,
        Latency = "files every 5 minutes or 75 MB; about 10 minutes to S3, best effort",

        // Aggregated for ten minutes, and ten more to S3, whether or not there is much to write.
        FirstObjectWithin = TimeSpan.FromMinutes(30),
        StatusApi = "ec2:DescribeFlowLogs (DeliverLogsStatus)",

        ManagementCalls = new("ec2")
        {
            AlwaysSets = ["CreateFlowLogs"],
            Ends = ["DeleteFlowLogs"],
        },
        Documentation = new("https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-permissions.html"),
        Notes =
        [
            "Creating a flow log may overwrite or extend the bucket policy (two AWS pages disagree): keep a copy before.",
            "Hive-compatible partitions change the account's folder to aws-account-id=ACCOUNT.",
            "Every flow log adds its folder to the bucket policy, which may have 20,480 bytes; merge the folders into one wildcard before it is full.",
            "The bucket's default encryption must name its KMS key by the full ARN, else the destination is undeliverable.",
            VendedLogs.OwnerNote,
            VendedLogs.HeadBucketNote,
        ],
    };
}
