namespace LogDelivery.Sources.Catalog;

/// <summary>
/// Everything else that delivers by PutDeliverySource and CreateDelivery: Bedrock agents, IAM Identity Center, MediaTailor,
/// Security Hub... Source: CloudWatch Logs user guide, AWS-logs-infrastructure-V2-S3.
/// </summary>
internal static class VendedLogsV2
{
    public static readonly DeliverySource Source = new("VendedLogsV2")
    {
        Name = "CloudWatch vended logs (V2)",
        Principal = VendedLogs.Principal,
        StandsForOthers = true,
        SourceArns = VendedLogs.SourceArnsV2,
        Guard = Guards.AccountAndArnLike,
        Grants = VendedLogs.GrantsV2(
            "{prefix}AWSLogs/{accountSegment}/*",
            VendedLogs.LogFile("{prefix}AWSLogs/{accountSegment}/service/log-file.gz")),
        KeyGrants = VendedLogs.KeyGrants,
        Parameters =
        [
            new("KeyPrefix", false, "the folder in the delivery destination's ARN"),
            new("SourceArn", false, "the ARN of the delivery source: arn:aws:logs:us-east-1:111122223333:delivery-source:NAME"),
            new("KmsKeyArn", false, "the ARN of the bucket's default KMS key"),
            VendedLogs.HiveParameter,
        ],
        KeyLayout = "{prefix}AWSLogs/{account}/SERVICE-PATH/SUFFIX-PATH/...",
        KeyDateFormat = null,
        HiveKeyLayout = "{prefix}AWSLogs/aws-account-id={account}/SERVICE-PATH/SUFFIX-PATH/...",
        HiveKeyDateFormat = null,
        Latency = "files every 5 minutes, as vended logs are; each service has figures of its own",

        // Written once there are requests, queries or records.
        FirstObjectWithin = TimeSpan.FromHours(24),
        StatusApi = null,

        ManagementCalls = new("logs")
        {
            AlwaysSets = ["PutDeliveryDestination", "CreateDelivery"],
            Ends = ["DeleteDelivery", "DeleteDeliveryDestination"],
            Others = ["PutDeliverySource"],
        },
        Documentation = new("https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-V2-S3.html"),
        Notes =
        [
            "No ACL check is made: the write is the only statement.",
            "A policy for V1 logs (arn:aws:logs:REGION:ACCOUNT:*) covers V2, too; one for V2 (delivery-source:*) does not cover V1.",
            "What follows AWSLogs/ACCOUNT/ depends on the service and on the delivery's suffix path; the tested key is a made-up one.",
            "For a bucket of another account, that account also has to allow logs:CreateDelivery in a delivery destination policy.",
            "Hive-compatible paths change the account's folder to aws-account-id=ACCOUNT.",
        ],
    };
}
