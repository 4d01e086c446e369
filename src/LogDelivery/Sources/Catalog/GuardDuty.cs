namespace LogDelivery.Sources.Catalog;

/// <summary>GuardDuty findings export. Source: GuardDuty user guide, guardduty_exportfindings.</summary>
internal static class GuardDuty
{
    public static readonly DeliverySource Source = new("GuardDuty")
    {
        Name = "Amazon GuardDuty findings export",
        Principal = "guardduty.amazonaws.com",
        OptInPrincipal = "guardduty.{region}.amazonaws.com",
        SourceArns = ["arn:{partition}:guardduty:{region}:{account}:detector/*"],
        SendsEncryptionHeaders = true,
        Guard = Guards.AccountAndArnEquals,
        Grants =
        [
            new()
            {
                Sid = "Allow GetBucketLocation",
                Actions = ["s3:GetBucketLocation"],
                Calls = [new("location check", "s3:GetBucketLocation")],
            },
            new()
            {
                Sid = "Allow PutObject",
                Actions = ["s3:PutObject"],
                Key = "{prefix}*",
                Calls = [new("findings file", "s3:PutObject", "{prefix}AWSLogs/{account}/GuardDuty/{region}/2026/01/31/00000000-0000-0000-0000-000000000000.jsonl.gz")],
            },
        ],
        KeyGrants =
        [
            new()
            {
                Sid = "AllowGuardDutyKey",
                Actions = ["kms:GenerateDataKey"],
                Calls = [new("data key", "kms:GenerateDataKey")],
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
            new("KeyPrefix", false, "the folder in the publishing destination's ARN"),
            new("SourceArn", false, "the detector's ARN: arn:aws:guardduty:us-east-1:111122223333:detector/ID"),
            new("KmsKeyArn", false, "the ARN of the publishing destination's KMS key, without which there is no export"),
        ],
        KeyFolders = ["GuardDuty"],
        KeyLayout = "{prefix}AWSLogs/{account}/GuardDuty/{region}/.../UUID.jsonl.gz",
        KeyDateFormat = null,
        Latency = "new findings within about 5 minutes; updates every 15 minutes, 1 hour or 6 hours as configured",
        StatusApi = "guardduty:DescribePublishingDestination (Status)",

        ManagementCalls = new("guardduty")
        {
            AlwaysSets = ["CreatePublishingDestination"],
            Sets = ["UpdatePublishingDestination"],
            Ends = ["DeletePublishingDestination"],
        },
        Documentation = new("https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_exportfindings.html"),
        Notes =
        [
            "A customer managed KMS key is mandatory, in the bucket's Region.",
            "In Regions that have to be opted in to, the principal carries the Region: guardduty.me-south-1.amazonaws.com.",
            "Findings of a default Region cannot go into a bucket in a Region that has to be opted in to; those of such a Region go into the same or into a default one.",
            "With a prefix in another account's bucket, the folder has to exist before.",
            "Archived findings, also suppressed ones, are not exported.",
        ],
    };
}
