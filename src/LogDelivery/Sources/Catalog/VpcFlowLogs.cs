namespace LogDelivery.Sources.Catalog;

/// <summary>VPC flow logs. Source: VPC user guide, flow-logs-s3, flow-logs-s3-permissions, flow-logs-troubleshooting.</summary>
internal static class VpcFlowLogs
{
    public static readonly DeliverySource Source = new("VpcFlowLogs")
    {
        Name = "Amazon VPC flow logs",
        Principal = VendedLogs.Principal,
        SourceArn = VendedLogs.SourceArnV1,
        Guard = VendedLogs.Guard,
        Grants =
        [
            VendedLogs.AclCheck,
            VendedLogs.Write(
                "{prefix}AWSLogs/{accountSegment}/*",
                "{prefix}AWSLogs/{accountSegment}/vpcflowlogs/{region}/2026/01/31/{account}_vpcflowlogs_{region}_fl-1234abcd_20260131T2350Z_abcdef12.log.gz") with
            {
                When = d => !d.HiveCompatiblePartitions,
            },
            VendedLogs.Write(
                "{prefix}AWSLogs/{accountSegment}/*",
                "{prefix}AWSLogs/{accountSegment}/aws-service=vpcflowlogs/aws-region={region}/year=2026/month=01/day=31/{account}_vpcflowlogs_{region}_fl-1234abcd_20260131T2350Z_abcdef12.log.gz") with
            {
                When = d => d.HiveCompatiblePartitions,
            },
            VendedLogs.HeadBucket,
        ],
        KeyGrants = VendedLogs.KeyGrants,
        Constraints = new() { ForbidsAwsLogsInPrefix = true },
        Parameters = VendedLogs.Parameters,
        KeyLayout = "{prefix}AWSLogs/{account}/vpcflowlogs/{region}/{date}/[HH/]{account}_vpcflowlogs_{region}_fl-ID_YYYYMMDDTHHmmZ_HASH.log.gz",
        KeyDateFormat = "yyyy'/'MM'/'dd",
        Latency = "files every 5 minutes or 75 MB; about 10 minutes to S3, best effort",
        StatusApi = "ec2:DescribeFlowLogs (DeliverLogsStatus)",
        Documentation = new("https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-permissions.html"),
        Notes =
        [
            "Creating a flow log may overwrite or extend the bucket policy (two AWS pages disagree): keep a copy before.",
            "Hive-compatible partitions change the account's folder to aws-account-id=ACCOUNT.",
            "A refused HeadBucket (s3:ListBucket) is noise: the logs arrive without it.",
        ],
    };
}
