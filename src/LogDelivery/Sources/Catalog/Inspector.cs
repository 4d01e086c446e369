namespace LogDelivery.Sources.Catalog;

/// <summary>
/// Inspector findings reports and SBOM exports. Source: Inspector user guide, findings-managing-exporting-reports.
/// </summary>
internal static class Inspector
{
    public static readonly DeliverySource Source = new("Inspector")
    {
        Name = "Amazon Inspector findings report",
        Principal = "inspector2.amazonaws.com",
        OptInPrincipal = "inspector2.{region}.amazonaws.com",
        SourceArns = ["arn:{partition}:inspector2:{region}:{account}:report/*"],

        // The report is encrypted with the key that its request names; which headers do that is not documented.
        SendsEncryptionHeaders = null,
        Guard = Guards.AccountAndArnLike,
        Grants =
        [
            new()
            {
                Sid = "allow-inspector",
                Actions = ["s3:PutObject", "s3:PutObjectAcl", "s3:AbortMultipartUpload"],
                Key = "{prefix}*",
                SendsAcl = null,
                Calls =
                [
                    new("report", "s3:PutObject", "{prefix}report.json"),
                    new("report ACL", "s3:PutObjectAcl", "{prefix}report.json"),
                    new("abort of an upload", "s3:AbortMultipartUpload", "{prefix}report.json"),
                ],
            },
        ],
        KeyGrants =
        [
            new()
            {
                Sid = "Allow Amazon Inspector to use the key",
                Actions = ["kms:Decrypt", "kms:GenerateDataKey*"],
                Calls =
                [
                    new("data key", "kms:GenerateDataKey"),
                    new("decrypt", "kms:Decrypt"),
                ],
            },
        ],
        Constraints = new()
        {
            // The report is encrypted with the key of its request, so the bucket's default does not matter.
            Encryption = [BucketEncryption.SseS3, BucketEncryption.SseKms, BucketEncryption.AwsManagedKey, BucketEncryption.DsseKms],
            RequiresKmsKey = true,
            SameRegion = true,
        },
        Parameters =
        [
            new("KeyPrefix", false, "the report's prefix"),
            new("SourceArn", false, "the report's ARN, where it is known"),
            new("KmsKeyArn", false, "the ARN of the KMS key that the report is encrypted with"),
        ],
        KeyLayout = "{prefix}FILE",
        KeyDateFormat = null,
        Latency = "on demand; no figure is documented",
        StatusApi = "inspector2:GetFindingsReportStatus (errorCode)",

        // Each report is for itself. Source: Inspector API reference, CreateFindingsReport, CreateSbomExport. No published event was found.
        ManagementCalls = new("inspector2")
        {
            AlwaysSets = ["CreateFindingsReport", "CreateSbomExport"],
            Members = new("inspector {account} {region} {call}")
            {
                Place = "s3Destination",
                Bucket = "bucketName",
                Prefix = "keyPrefix",
                KmsKey = "kmsKeyArn",
                ConfigurationId = "reportId",
            },
        },
        Documentation = new("https://docs.aws.amazon.com/inspector/latest/user/findings-managing-exporting-reports.html"),
        Notes =
        [
            "Three actions are needed: PutObject, PutObjectAcl and AbortMultipartUpload.",
            "The KMS key is customer managed, symmetric and in the bucket's Region, which is that of the findings.",
            "In Regions that have to be opted in to, the principal carries the Region: inspector2.me-south-1.amazonaws.com.",
        ],
    };
}
