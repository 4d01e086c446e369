namespace LogDelivery.Sources.Catalog;

/// <summary>Macie sensitive data discovery results. Source: Macie user guide, discovery-results-repository-s3.</summary>
internal static class Macie
{
    public static readonly DeliverySource Source = new("Macie")
    {
        Name = "Amazon Macie sensitive data discovery results",
        Principal = "macie.amazonaws.com",
        OptInPrincipal = "macie.{region}.amazonaws.com",

        // Which of the two a given write carries is not documented: a policy has to take both.
        SourceArns =
        [
            "arn:{partition}:macie2:{region}:{account}:export-configuration:*",
            "arn:{partition}:macie2:{region}:{account}:classification-job/*",
        ],
        SendsEncryptionHeaders = true,
        Guard = Guards.AccountAndArnLike,
        Grants =
        [
            new()
            {
                Sid = "Allow Macie to use the GetBucketLocation operation",
                Actions = ["s3:GetBucketLocation"],
                Calls = [new("location check", "s3:GetBucketLocation")],
            },
            new()
            {
                Sid = "Allow Macie to add objects to the bucket",
                Actions = ["s3:PutObject"],
                Key = "{prefix}*",

                // The page asks for no ACL; whether one is sent it does not say.
                SendsAcl = null,
                Calls = [new("results file", "s3:PutObject", "{prefix}results.jsonl.gz")],
            },
        ],
        KeyGrants =
        [
            new()
            {
                Sid = "Allow Macie to use the key",
                Actions = ["kms:GenerateDataKey", "kms:Encrypt"],
                Calls =
                [
                    new("data key", "kms:GenerateDataKey"),
                    new("encrypt", "kms:Encrypt"),
                ],
            },
        ],
        Constraints = new()
        {
            // It names its key with every object, so the bucket's default does not matter.
            Encryption = [BucketEncryption.SseS3, BucketEncryption.SseKms, BucketEncryption.AwsManagedKey, BucketEncryption.DsseKms],
            RequiresKmsKey = true,
        },
        Parameters =
        [
            new("KeyPrefix", false, "the data discovery result prefix"),
            new("SourceArn", false, "the ARN in aws:SourceArn, where it is known"),
            new("KmsKeyArn", false, "the ARN of the repository's KMS key, without which there is no repository"),
        ],
        KeyLayout = "{prefix}.../FILE.jsonl.gz",
        KeyDateFormat = null,
        Latency = "not documented; turning it on writes the results of the last 90 days",
        StatusApi = null,

        // Source: Macie API reference, PutClassificationExportConfiguration. No published event was found.
        ManagementCalls = new("macie2")
        {
            AlwaysSets = ["PutClassificationExportConfiguration"],
            Members = new("macie {account} {region}")
            {
                Place = "s3Destination",
                Bucket = "bucketName",
                Prefix = "keyPrefix",
                KmsKey = "kmsKeyArn",
                EndsWhenAbsent = true,
            },
        },
        Documentation = new("https://docs.aws.amazon.com/macie/latest/user/discovery-results-repository-s3.html"),
        Notes =
        [
            "A customer managed KMS key is mandatory: symmetric, enabled, in the bucket's Region.",
            "In Regions that have to be opted in to, the principal carries the Region: macie.me-south-1.amazonaws.com.",
            "Results of a default Region cannot go into a bucket in a Region that has to be opted in to; those of such a Region go into the same or into a default one.",
            "The policy has to take both ARNs, export-configuration and classification-job.",
            "When the prefix changes, the bucket policy has to follow.",
        ],
    };
}
