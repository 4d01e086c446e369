namespace LogDelivery.Sources.Catalog;

/// <summary>
/// CloudFront standard logging, legacy. Source: CloudFront developer guide, standard-logging-legacy-s3 (before: AccessLogs).
/// </summary>
internal static class CloudFrontLegacy
{
    public static readonly DeliverySource Source = new("CloudFrontLegacy")
    {
        Name = "Amazon CloudFront standard logging (legacy)",
        Family = DeliveryFamily.AclGrantee,
        Principal = CanonicalId,
        CanonicalUserId = CanonicalId,
        KeyPrincipal = VendedLogs.Principal,
        SendsSourceAccount = false,
        Grants =
        [
            new()
            {
                Sid = "AwsLogsDeliveryAcl",
                Actions = ["s3:PutObject"],
                Key = "{prefix}*",
                SendsAcl = null,
                AclPermission = "FULL_CONTROL",
                Calls = [new("log file", "s3:PutObject", "{prefix}EMLARXS9EXAMPLE.2026-01-31-23.abcdef12.gz")],
            },
        ],
        KeyGrants =
        [
            new()
            {
                Sid = "AllowCloudFrontLogsToUseTheKey",
                Actions = ["kms:GenerateDataKey*"],
                Calls = [new("data key", "kms:GenerateDataKey")],
            },
            new()
            {
                Sid = "AllowCloudFrontLogsToUseTheBucketKey",
                Actions = ["kms:Decrypt"],
                When = d => d.Bucket.BucketKeyEnabled == true,
                Calls = [new("bucket key", "kms:Decrypt")],
            },
        ],
        Constraints = new() { RequiresAcls = true, ForbidsOptInRegions = true },
        Parameters =
        [
            new("KeyPrefix", false, "the log prefix of the distribution"),
            new("KmsKeyArn", false, "the ARN of the bucket's default KMS key"),
        ],
        KeyLayout = "{prefix}DISTRIBUTION.YYYY-MM-DD-HH.RANDOM.gz",
        KeyDateFormat = null,
        Latency = "within an hour, up to 24 hours; reliable about 4 hours after logging is turned on",

        // Written once there are requests, queries or records.
        FirstObjectWithin = TimeSpan.FromHours(24),
        StatusApi = null,

        ManagementCalls = new("cloudfront")
        {
            Sets = ["CreateDistribution", "CreateDistributionWithTags", "UpdateDistribution"],
            Ends = ["DeleteDistribution"],
        },
        Documentation = new("https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging-legacy-s3.html"),
        Notes =
        [
            "No policy statement lets it in but the bucket's ACL: FULL_CONTROL for the canonical user of awslogsdelivery. With BucketOwnerEnforced there are no ACLs and no logs.",
            "A Deny in the bucket policy still stops it.",
            "Whoever turns logging on needs s3:GetBucketAcl and s3:PutBucketAcl. When the grant was removed, turn logging off and on, or grant it again.",
            "The KMS key is used by delivery.logs.amazonaws.com, and the bucket has to name the key by its full ARN.",
        ],
    };

    /// <summary>The canonical user of the account awslogsdelivery. Source: as the class.</summary>
    internal const string CanonicalId = "c4c1ede66af53448b93c283ce9448c4ba468c9432aa01d700d3878632f77d2d0";
}
