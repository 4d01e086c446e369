namespace LogDelivery.Sources.Catalog;

/// <summary>Legacy Cost and Usage Reports. Source: Cost and Usage Report user guide, cur-s3.</summary>
internal static class CostAndUsageReport
{
    public static readonly DeliverySource Source = new("CostAndUsageReport")
    {
        Name = "AWS Cost and Usage Report (legacy)",
        Principal = "billingreports.amazonaws.com",

        // The policy that AWS itself puts on every bucket compares this value by StringEquals, for which its wildcard is a
        // plain character: so requests carry it to the letter.
        SourceArns = ["arn:{partition}:cur:{region}:{account}:definition/*"],
        SourceArnIsLiteral = true,
        ControlRegion = "us-east-1",
        Guard = Guards.AccountAndArnEquals,
        Grants =
        [
            new()
            {
                Sid = "BillingReportsBucketCheck",
                Actions = ["s3:GetBucketAcl", "s3:GetBucketPolicy"],
                Calls =
                [
                    new("ACL check", "s3:GetBucketAcl"),
                    new("policy check", "s3:GetBucketPolicy"),
                ],
            },
            new()
            {
                Sid = "Stmt1335892526596",
                Actions = ["s3:PutObject"],
                Key = "{prefix}*",

                // An ACL is said to be set only where the bucket has ACLs.
                SendsAcl = null,
                Calls =
                [
                    new("report file", "s3:PutObject", "{prefix}my-report/20260101-20260201/my-report-00001.csv.gz"),
                    new("manifest", "s3:PutObject", "{prefix}my-report/20260101-20260201/my-report-Manifest.json"),
                ],
            },
        ],
        Constraints = new() { Encryption = [BucketEncryption.SseS3] },
        Parameters =
        [
            new("KeyPrefix", false, "the report's path prefix"),
            new("SourceArn", false, "the ARN in aws:SourceArn, should it not be arn:aws:cur:us-east-1:ACCOUNT:definition/*"),
        ],
        KeyLayout = "{prefix}REPORT/YYYYMMDD-YYYYMMDD/...",
        KeyDateFormat = null,
        Latency = "as the report refreshes; no figure is documented",
        StatusApi = "cur:DescribeReportDefinitions (ReportStatus.lastStatus)",

        // Source: Cost and Usage Report API reference, PutReportDefinition, ModifyReportDefinition, DeleteReportDefinition. No published
        // event was found.
        ManagementCalls = new("cur")
        {
            AlwaysSets = ["PutReportDefinition", "ModifyReportDefinition"],
            Ends = ["DeleteReportDefinition"],
            Members = new("report {account} {resource}")
            {
                Place = "reportDefinition",
                Bucket = "s3Bucket",
                Prefix = "s3Prefix",
                Resource = ["reportName"],
            },
        },
        Documentation = new("https://docs.aws.amazon.com/cur/latest/userguide/cur-s3.html"),
        Notes =
        [
            "The Region in aws:SourceArn is us-east-1, whatever the bucket's.",
            "The bucket's policy is read before each delivery: a policy without s3:GetBucketPolicy stops the report.",
            "Older pages show the statements without conditions; both forms work.",
        ],
    };
}
