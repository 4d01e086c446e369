namespace LogDelivery.Sources.Catalog;

/// <summary>
/// Transit gateway flow logs. Source: transit gateway guide, flow-logs-s3; otherwise as <see cref="VpcFlowLogs"/>.
/// </summary>
internal static class TransitGatewayFlowLogs
{
    public static readonly DeliverySource Source = new("TransitGatewayFlowLogs")
    {
        Name = "AWS Transit Gateway flow logs",
        Principal = VendedLogs.Principal,
        SourceArns = VendedLogs.SourceArnsV1,
        Guard = Guards.AccountAndArnLike,
        Grants = VendedLogs.GrantsV1(VpcFlowLogs.Writes),
        KeyGrants = VendedLogs.KeyGrants,
        Constraints = new() { ForbidsAwsLogsInPrefix = true },
        Parameters = [.. VendedLogs.Parameters, VendedLogs.HiveParameter],
        KeyFolders = ["vpcflowlogs"],
        KeyLayout = VpcFlowLogs.Layout,
        KeyDateFormat = "yyyy'/'MM'/'dd",
        HiveKeyLayout = VpcFlowLogs.HiveLayout,
        HiveKeyDateFormat = VpcFlowLogs.HiveDate,
        Latency = "files every 5 minutes or 75 MB; about 10 minutes to S3, best effort",

        // Aggregated for ten minutes, and ten more to S3, whether or not there is much to write.
        FirstObjectWithin = TimeSpan.FromMinutes(30),
        StatusApi = "ec2:DescribeFlowLogs (DeliverLogsStatus)",

        ManagementCalls = new("ec2")
        {
            Sets = ["CreateFlowLogs"],
            Ends = ["DeleteFlowLogs"],
        },
        Documentation = new("https://docs.aws.amazon.com/vpc/latest/tgw/flow-logs-s3.html"),
        Notes =
        [
            "The logs go into the folder vpcflowlogs, beside those of VPCs.",
            "For Hive-compatible partitions the transit gateway guide prints service=vpcflowlogs, the VPC guide aws-service=vpcflowlogs; a policy should fix neither.",
            VendedLogs.OwnerNote,
            VendedLogs.HeadBucketNote,
        ],
    };
}
