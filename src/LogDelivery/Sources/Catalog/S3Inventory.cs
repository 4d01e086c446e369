namespace LogDelivery.Sources.Catalog;

/// <summary>
/// S3 Inventory and storage class analysis. Source: S3 user guide, example-bucket-policies, configure-inventory,
/// storage-inventory-location.
/// </summary>
internal static class S3Inventory
{
    public static readonly DeliverySource Source = new("S3Inventory")
    {
        Name = "Amazon S3 Inventory and analytics",
        Principal = "s3.amazonaws.com",
        HasKeySetting = true,
        SourceArns = ["arn:{partition}:s3:::*"],

        // An inventory can be configured with a key of its own; which headers that makes is not documented.
        SendsEncryptionHeaders = null,
        Guard = Guards.AccountAndArnLike,
        Grants =
        [
            new()
            {
                Sid = "InventoryAndAnalyticsExamplePolicy",
                Actions = ["s3:PutObject"],
                Key = "{prefix}*",
                SendsAcl = true,
                Conditions = Guards.OwnerFullControl,
                Calls =
                [
                    new("inventory list", "s3:PutObject", "{prefix}{sourceBucket}/my-inventory/data/00000000-0000-0000-0000-000000000000.csv.gz"),
                    new("manifest", "s3:PutObject", "{prefix}{sourceBucket}/my-inventory/2026-01-31T01-00Z/manifest.json"),
                ],
            },
        ],
        KeyGrants =
        [
            new()
            {
                Sid = "AllowS3InventoryToUseTheKey",
                Actions = ["kms:GenerateDataKey"],
                Calls = [new("data key", "kms:GenerateDataKey")],
            },
        ],
        Constraints = new() { SameRegion = true },
        Parameters =
        [
            new("KeyPrefix", false, "the destination prefix of the inventory"),
            new("SourceArn", false, "the ARN of the listed bucket, arn:aws:s3:::NAME. Without it every bucket of the account is assumed, and a policy that names one bucket cannot be judged"),
            new("KmsKeyArn", false, "the ARN of the KMS key that the inventory is encrypted with"),
        ],
        KeyLayout = "{prefix}BUCKET/CONFIGURATION/{date}HH-mmZ/manifest.json and {prefix}BUCKET/CONFIGURATION/data/FILE",
        KeyDateFormat = "yyyy'-'MM'-'dd'T'",
        Latency = "every day or every week as configured; the first list takes up to 48 hours",

        // Written every day or every week.
        FirstObjectWithin = TimeSpan.FromDays(9),
        StatusApi = null,

        ManagementCalls = new("s3")
        {
            AlwaysSets = ["PutBucketInventoryConfiguration"],
            Ends = ["DeleteBucketInventoryConfiguration"],
        },
        Documentation = new("https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies.html"),
        Notes =
        [
            "aws:SourceArn is the bucket that is listed, not the one that is written to.",
            "SSE-KMS needs a customer managed key that lets s3.amazonaws.com generate data keys.",
            "Nothing reports a failed delivery; only the missing manifest does.",
        ],
    };
}
