namespace LogDelivery.Sources.Catalog;

/// <summary>
/// AWS Config delivery channels. Source: Config developer guide, s3-bucket-policy, s3-kms-key-policy,
/// manage-delivery-channel.
/// </summary>
internal static class Config
{
    public static readonly DeliverySource Source = new("Config")
    {
        Name = "AWS Config delivery channel",
        Principal = "config.amazonaws.com",
        HasKeySetting = true,
        TriesRoleFirst = true,

        // The page says that the value of a request ends in these two characters.
        SourceArns = ["arn:{partition}:config:{region}:{account}:*"],
        SourceArnIsLiteral = true,
        Guard = Guards.Account,
        Grants =
        [
            new()
            {
                Sid = "AWSConfigBucketPermissionsCheck",
                Actions = ["s3:GetBucketAcl"],
                Calls = [new("ACL check", "s3:GetBucketAcl")],
            },
            new()
            {
                Sid = "AWSConfigBucketExistenceCheck",
                Actions = ["s3:ListBucket"],
                IsOptional = true,
                Calls = [new("existence check", "s3:ListBucket")],
            },
            new()
            {
                Sid = "AWSConfigBucketDelivery",
                Actions = ["s3:PutObject"],
                Key = "{prefix}AWSLogs/{account}/Config/*",
                SendsAcl = true,
                Conditions = Guards.OwnerFullControl,
                Calls =
                [
                    new("history file", "s3:PutObject", "{prefix}AWSLogs/{account}/Config/{region}/2026/1/31/ConfigHistory/{account}_Config_{region}_ConfigHistory_AWS::EC2::Instance_20260131T235000Z_20260131T235500Z_1.json.gz"),
                    new("snapshot file", "s3:PutObject", "{prefix}AWSLogs/{account}/Config/{region}/2026/1/31/ConfigSnapshot/{account}_Config_{region}_ConfigSnapshot_20260131T235000Z_00000000-0000-0000-0000-000000000000.json.gz"),
                    new("oversized notification", "s3:PutObject", "{prefix}AWSLogs/{account}/Config/{region}/2026/1/31/OversizedChangeNotification/AWS::EC2::Instance/i-1234567890abcdef0/{account}_Config_{region}_ChangeNotification_AWS::EC2::Instance_i-1234567890abcdef0_20260131T235000Z_1.json.gz"),
                    new("test file", "s3:PutObject", "{prefix}AWSLogs/{account}/Config/ConfigWritabilityCheckFile"),
                ],
            },
        ],
        KeyGrants =
        [
            new()
            {
                Sid = "AWSConfigKMSPolicy",
                Actions = ["kms:Decrypt", "kms:GenerateDataKey"],
                Calls =
                [
                    new("data key", "kms:GenerateDataKey"),
                    new("decrypt", "kms:Decrypt"),
                ],
            },
        ],
        Constraints = new() { ForbidsObjectLockRetention = true },
        Parameters =
        [
            new("KeyPrefix", false, "the delivery channel's S3 key prefix"),
            new("RoleArn", false, "the ARN of the recorder's role, which Config tries before config.amazonaws.com; without it the service-linked role is assumed, which has no rights in S3"),
            new("SourceArn", false, "the ARN in aws:SourceArn, should it not be arn:aws:config:REGION:ACCOUNT:*"),
            new("KmsKeyArn", false, "the ARN of the delivery channel's KMS key"),
        ],
        KeyFolders = ["Config"],
        KeyLayout = "{prefix}AWSLogs/{account}/Config/{region}/{date}/ConfigHistory|ConfigSnapshot|OversizedChangeNotification/...",
        KeyDateFormat = "yyyy'/'M'/'d",
        Latency = "history every 6 hours; snapshots every 1, 3, 6, 12 or 24 hours as configured",

        // The source tries to write while the call that sets the destination runs.
        FirstObjectWithin = TimeSpan.FromMinutes(30),
        StatusApi = "config:DescribeDeliveryChannelStatus",

        // An account has one delivery channel in a Region. Source: AWS Config API reference, PutDeliveryChannel, DeleteDeliveryChannel.
        // Seen in published events: PutDeliveryChannel, also refused.
        ManagementCalls = new("config")
        {
            AlwaysSets = ["PutDeliveryChannel"],
            Ends = ["DeleteDeliveryChannel"],
            Members = new("delivery channel {account} {region}")
            {
                Place = "deliveryChannel",
                Bucket = "s3BucketName",
                Prefix = "s3KeyPrefix",
                KmsKey = "s3KmsKeyArn",
                Resource = ["deliveryChannel.name"],
            },
        },
        Documentation = new("https://docs.aws.amazon.com/config/latest/developerguide/s3-bucket-policy.html"),
        Notes =
        [
            "Month and day have no leading zero in the keys: 2026/1/31.",
            "The recorder's role writes first, config.amazonaws.com only when the role is refused. A service-linked role always is.",
            "Organization conditions never hold for config.amazonaws.com: aws:PrincipalOrgID is not in its requests.",
            "A role from another account needs s3:PutObjectAcl, too.",
            "A refused ListBucket is noise: the files arrive without it.",
            "Conformance packs write with a service-linked role of their own, which the policy has to name.",
        ],
    };
}
