namespace LogDelivery.Sources.Catalog;

/// <summary>
/// What the sources behind <c>delivery.logs.amazonaws.com</c> have in common. Source: CloudWatch Logs user guide,
/// AWS-logs-infrastructure-S3 (V1) and AWS-logs-infrastructure-V2-S3 (V2).
/// </summary>
internal static class VendedLogs
{
    public const string Principal = "delivery.logs.amazonaws.com";

    /// <summary>The configuring resource as V1 names it. Whether requests carry more than this pattern is not documented.</summary>
    public const string SourceArnV1 = "arn:{partition}:logs:{region}:{account}:*";

    public const string SourceArnV2 = "arn:{partition}:logs:{region}:{account}:delivery-source:*";

    public static readonly ConditionTemplate[] Guard =
    [
        new("StringEquals", "aws:SourceAccount", "{account}"),
        new("ArnLike", "aws:SourceArn", "{sourceArn}"),
    ];

    public static readonly DeliverySourceParameter[] Parameters =
    [
        new("KeyPrefix", false, "the folder in the bucket, as configured"),
        new("SourceArn", false, "the ARN in aws:SourceArn, where it is narrower than the account's logs"),
        new("KmsKeyArn", false, "the ARN of the bucket's default KMS key"),
    ];

    /// <summary>The ACL check that V1 makes before it delivers, and the probe whose refusal is only noise.</summary>
    public static readonly GrantTemplate AclCheck = new()
    {
        Sid = "AWSLogDeliveryAclCheck",
        Actions = ["s3:GetBucketAcl"],
        Calls = [new("ACL check", "s3:GetBucketAcl")],
    };

    public static readonly GrantTemplate HeadBucket = new()
    {
        Sid = "AWSLogDeliveryHeadBucket",
        Actions = ["s3:ListBucket"],
        IsOptional = true,
        Calls = [new("HeadBucket probe", "s3:ListBucket")],
    };

    /// <summary>The write statement.</summary>
    /// <param name="key">The pattern of the keys.</param>
    /// <param name="samples">Concrete keys of the source.</param>
    public static GrantTemplate Write(string key, params string[] samples) => new()
    {
        Sid = "AWSLogDeliveryWrite",
        Actions = ["s3:PutObject"],
        Key = key,
        SendsAcl = true,
        Conditions = [new("StringEquals", "s3:x-amz-acl", "bucket-owner-full-control")],
        Calls = [.. samples.Select(s => new CallTemplate("log file", "s3:PutObject", s))],
    };

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
}
