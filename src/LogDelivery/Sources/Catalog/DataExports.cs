namespace LogDelivery.Sources.Catalog;

/// <summary>Data Exports, Cost and Usage Report 2.0 among them. Source: Data Exports user guide, dataexports-s3-bucket.</summary>
internal static class DataExports
{
    public static readonly DeliverySource Source = new("DataExports")
    {
        Name = "AWS Data Exports (CUR 2.0)",
        Principal = "bcm-data-exports.amazonaws.com",
        SourceArns = ["arn:{partition}:bcm-data-exports:{region}:{account}:export/*"],
        ControlRegion = "us-east-1",
        Guard =
        [
            new("StringLike", "aws:SourceArn", "{sourceArn}"),
            new("StringLike", "aws:SourceAccount", "{account}"),
        ],
        Grants =
        [
            new()
            {
                Sid = "EnableAWSDataExportsToWriteToS3",
                Actions = ["s3:PutObject"],
                Key = "{prefix}*",

                // An ACL is said to be set only where the bucket has ACLs.
                SendsAcl = null,
                Calls =
                [
                    new("export file", "s3:PutObject", "{prefix}my-export/data/BILLING_PERIOD=2026-01/my-export-00001.csv.gz"),
                    new("manifest", "s3:PutObject", "{prefix}my-export/metadata/BILLING_PERIOD=2026-01/my-export-Manifest.json"),
                ],
            },
        ],
        Parameters =
        [
            new("KeyPrefix", false, "the export's S3 path prefix"),
            new("SourceArn", false, "the export's ARN: arn:aws:bcm-data-exports:us-east-1:111122223333:export/NAME-ID"),
        ],
        KeyLayout = "{prefix}EXPORT/data|metadata/...",
        KeyDateFormat = null,
        Latency = "as the export refreshes; no figure is documented",
        StatusApi = "bcm-data-exports:ListExecutions (executionStatus)",

        ManagementCalls = new("bcm-data-exports")
        {
            AlwaysSets = ["CreateExport", "UpdateExport"],
            Ends = ["DeleteExport"],
        },
        Documentation = new("https://docs.aws.amazon.com/cur/latest/userguide/dataexports-s3-bucket.html"),
        Notes =
        [
            "The Region in aws:SourceArn is us-east-1, whatever the bucket's.",
            "The console's own template also grants s3:GetBucketPolicy, and names billingreports.amazonaws.com and arn:aws:cur:... for exports of the older kind.",
            "A change of the bucket's policy or owner stops the export with 'Invalid bucket'.",
            "What the key policy has to hold for an encrypted bucket is not documented on the page, so the key is not judged.",
        ],
    };
}
