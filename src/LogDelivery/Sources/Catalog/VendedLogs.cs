namespace LogDelivery.Sources.Catalog;

/// <summary>
/// What the sources behind <c>delivery.logs.amazonaws.com</c> have in common. Source: CloudWatch Logs user guide,
/// AWS-logs-infrastructure-S3 (V1) and AWS-logs-infrastructure-V2-S3 (V2).
/// </summary>
internal static class VendedLogs
{
    public const string Principal = "delivery.logs.amazonaws.com";

    public const string HeadBucketNote = "A refused HeadBucket (s3:ListBucket) is noise: the logs arrive without it.";

    public const string OwnerNote = "The bucket's owner is remembered at the first delivery: a bucket recreated in another account gets nothing until the logging is set up anew.";

    /// <summary>The configuring resource as V1 names it. Whether requests carry more than this pattern is not documented.</summary>
    public static readonly string[] SourceArnsV1 = ["arn:{partition}:logs:{region}:{account}:*"];

    public static readonly string[] SourceArnsV2 = ["arn:{partition}:logs:{region}:{account}:delivery-source:*"];

    public static readonly DeliverySourceParameter[] Parameters =
    [
        new("KeyPrefix", false, "the folder in the bucket, as configured"),
        new("SourceArn", false, "the ARN in aws:SourceArn, where it is narrower than the account's logs"),
        new("KmsKeyArn", false, "the ARN of the bucket's default KMS key"),
    ];

    public static readonly DeliverySourceParameter HiveParameter
        = new("HiveCompatiblePartitions", false, "whether the keys are laid out for Hive, which renames the account's folder to aws-account-id=ACCOUNT");

    /// <summary>The five actions in the key policy.</summary>
    public static readonly GrantTemplate[] KeyGrants =
    [
        new()
        {
            Sid = "AWSLogDeliveryKeyUse",
            Actions = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
            Calls =
            [
                new("data key", "kms:GenerateDataKey"),
                new("decrypt", "kms:Decrypt"),
            ],
        },
    ];

    /// <summary>What the pages of AWS WAF and Global Accelerator ask of the key policy in place of the five actions.</summary>
    public static readonly GrantTemplate[] DataKeyGrant =
    [
        new()
        {
            Sid = "AWSLogDeliveryKeyUse",
            Actions = ["kms:GenerateDataKey*"],
            Calls = [new("data key", "kms:GenerateDataKey")],
        },
    ];

    // The ACL check that V1 makes before it delivers.
    private static readonly GrantTemplate AclCheck = new()
    {
        Sid = "AWSLogDeliveryAclCheck",
        Actions = ["s3:GetBucketAcl"],
        Calls = [new("ACL check", "s3:GetBucketAcl")],
    };

    // The probe whose refusal is only noise.
    private static readonly GrantTemplate HeadBucket = new()
    {
        Sid = "AWSLogDeliveryHeadBucket",
        Actions = ["s3:ListBucket"],
        IsOptional = true,
        Calls = [new("HeadBucket probe", "s3:ListBucket")],
    };

    /// <summary>The statements of a V1 source.</summary>
    /// <param name="writes">Concrete writes of the source.</param>
    public static GrantTemplate[] GrantsV1(params CallTemplate[] writes) => [AclCheck, Write(writes), HeadBucket];

    /// <summary>The one statement of a V2 source.</summary>
    /// <param name="key">The pattern of the keys.</param>
    /// <param name="writes">Concrete writes of the source.</param>
    public static GrantTemplate[] GrantsV2(string key, params CallTemplate[] writes) => [Write(writes) with { Key = key }];

    /// <summary>The write of one log file.</summary>
    /// <param name="key">The object's key.</param>
    public static CallTemplate LogFile(string key) => new("log file", "s3:PutObject", key);

    private static GrantTemplate Write(CallTemplate[] writes) => new()
    {
        Sid = "AWSLogDeliveryWrite",
        Actions = ["s3:PutObject"],
        Key = "{prefix}AWSLogs/{accountSegment}/*",
        SendsAcl = true,
        Conditions = Guards.OwnerFullControl,
        Calls = writes,
    };
}
