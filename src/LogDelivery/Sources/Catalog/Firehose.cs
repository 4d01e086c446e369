using LogDelivery.Policies;

namespace LogDelivery.Sources.Catalog;

/// <summary>
/// Firehose streams into S3, with the role of the stream. Source: Firehose developer guide, controlling-access
/// ("Grant Firehose access to an Amazon S3 destination", "Cross-account delivery to an Amazon S3 destination").
/// </summary>
internal static class Firehose
{
    private const string SampleKey = "{prefix}2026/01/31/23/my-stream-1-2026-01-31-23-50-00-00000000-0000-0000-0000-000000000000";

    public static readonly DeliverySource Source = new("Firehose")
    {
        Name = "Amazon Data Firehose stream",
        Family = DeliveryFamily.CustomerRole,
        Principal = "{role}",

        // The service writes in a session of the role that it makes itself.
        ServiceThatUsesRole = "firehose.amazonaws.com",
        HasKeySetting = true,
        RoleIsUsedInsideAws = true,
        PrefixStyle = KeyPrefixStyle.Bare,
        Grants =
        [
            // The page puts bucket and objects into one statement; actions on one do not apply to the other.
            new()
            {
                Sid = "FirehoseBucketAccess",
                Actions = ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"],
                Calls =
                [
                    new("location check", "s3:GetBucketLocation"),
                    new("listing", "s3:ListBucket"),
                    new("listing of uploads", "s3:ListBucketMultipartUploads"),
                ],
            },
            new()
            {
                Sid = "FirehoseObjectAccess",
                Actions = ["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"],
                Key = "{prefix}*",
                SendsAcl = null,
                Calls =
                [
                    new("data file", "s3:PutObject", SampleKey),
                    new("read", "s3:GetObject", SampleKey),
                    new("abort of an upload", "s3:AbortMultipartUpload", SampleKey),
                ],
            },
            new()
            {
                Sid = "FirehoseObjectAcl",
                Actions = ["s3:PutObjectAcl"],
                Key = "{prefix}*",
                SendsAcl = null,
                When = IsCrossAccount,
                Calls = [new("object ACL", "s3:PutObjectAcl", SampleKey)],
            },
        ],
        KeyGrants =
        [
            new()
            {
                Sid = "FirehoseKeyUse",
                Actions = ["kms:Decrypt", "kms:GenerateDataKey"],
                Conditions =
                [
                    new("StringEquals", "kms:ViaService", "s3.{keyRegion}.amazonaws.com"),

                    // The page has the objects only, which an S3 Bucket Key turns into the bucket.
                    new("StringLike", "kms:EncryptionContext:aws:s3:arn", "arn:{partition}:s3:::{bucket}/{prefix}*", "arn:{partition}:s3:::{bucket}"),
                ],
                Calls =
                [
                    new("data key", "kms:GenerateDataKey"),
                    new("decrypt", "kms:Decrypt"),
                ],
            },
        ],
        Constraints = new() { Encryption = [BucketEncryption.SseS3, BucketEncryption.SseKms, BucketEncryption.AwsManagedKey] },
        Parameters =
        [
            new("RoleArn", true, "the ARN of the role that the stream delivers with"),
            new("KeyPrefix", false, "the stream's S3 prefix exactly as configured: whether it ends in a slash matters"),
            new("KmsKeyArn", false, "the ARN of the KMS key that the stream or the bucket encrypts with"),
        ],
        KeyLayout = "{prefix}{date}/STREAM-VERSION-YYYY-MM-DD-HH-mm-ss-UUID",
        KeyDateFormat = "yyyy'/'MM'/'dd'/'HH",
        Latency = "as buffered: 60 to 900 seconds; retried for 24 hours, then the data is lost",

        // Written once there are requests, queries or records.
        FirstObjectWithin = TimeSpan.FromHours(24),
        StatusApi = "firehose:DescribeDeliveryStream; metrics DeliveryToS3.Success and DeliveryToS3.DataFreshness",

        ManagementCalls = new("firehose")
        {
            Sets = ["CreateDeliveryStream", "UpdateDestination"],
            Ends = ["DeleteDeliveryStream"],
        },
        Documentation = new("https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html"),
        Notes =
        [
            "The stream's role writes: its own policy has to allow the calls, and where the bucket belongs to another account the bucket policy as well.",
            "The date follows the prefix directly; a prefix with !{timestamp:...} or !{partitionKey...} in it takes the date's place.",
            "With S3 Bucket Keys the encryption context is the bucket's ARN: a condition on the objects' ARNs alone refuses the key.",
            "A role that does not trust firehose.amazonaws.com also shows as S3.AccessDenied.",
        ],
    };

    private static bool IsCrossAccount(Delivery delivery)
        => delivery.Bucket.AccountId is { } owner && Arn.TryParse(delivery.RoleArn, out var role) && role.AccountId != owner;
}
