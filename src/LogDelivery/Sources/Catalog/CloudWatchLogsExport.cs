namespace LogDelivery.Sources.Catalog;

/// <summary>CloudWatch Logs export tasks. Source: CloudWatch Logs user guide, S3ExportTasksConsole; API, CreateExportTask.</summary>
internal static class CloudWatchLogsExport
{
    public static readonly DeliverySource Source = new("CloudWatchLogsExport")
    {
        Name = "CloudWatch Logs export task",
        Principal = "logs.{region}.amazonaws.com",

        // Source: CloudWatch Logs user guide, S3ExportTasksConsole.
        RefusesDualLayerEncryption = true,
        SourceArns = ["arn:{partition}:logs:{region}:{account}:log-group:*"],
        DefaultPrefix = "exportedlogs",
        Guard = Guards.AccountAndArnLike,
        Grants =
        [
            new()
            {
                Sid = "AllowCloudWatchLogsGetBucketAcl",
                Actions = ["s3:GetBucketAcl"],
                Calls = [new("ACL check", "s3:GetBucketAcl")],
            },
            new()
            {
                Sid = "AllowCloudWatchLogsPutObject",
                Actions = ["s3:PutObject"],
                Key = "{prefix}*",
                SendsAcl = true,
                Conditions = Guards.OwnerFullControl,
                Calls = [new("log file", "s3:PutObject", "{prefix}00000000-0000-0000-0000-000000000000/my-log-stream/000000.gz")],
            },
        ],

        // The page's key statement has no conditions.
        KeyGuard = [],
        KeyGrants =
        [
            new()
            {
                Sid = "Allow CWL Service Principal usage",
                Actions = ["kms:GenerateDataKey", "kms:Decrypt"],
                Calls =
                [
                    new("data key", "kms:GenerateDataKey"),
                    new("decrypt", "kms:Decrypt"),
                ],
            },
        ],
        Constraints = new() { SameRegion = true },
        Parameters =
        [
            new("KeyPrefix", false, "the task's destination prefix; exportedlogs without one"),
            new("SourceArn", false, "the ARN of the log group: arn:aws:logs:us-east-1:111122223333:log-group:NAME"),
            new("KmsKeyArn", false, "the ARN of the bucket's default KMS key"),
        ],
        KeyLayout = "{prefix}TASK-ID/LOG-STREAM/NNNNNN.gz",
        KeyDateFormat = null,
        Latency = "a task runs up to 24 hours; log data is ready to be exported up to 12 hours late",

        // The source tries to write while the call that sets the destination runs.
        FirstObjectWithin = TimeSpan.FromMinutes(30),
        StatusApi = "logs:DescribeExportTasks (status)",

        ManagementCalls = new("logs")
        {
            AlwaysSets = ["CreateExportTask"],
        },
        Documentation = new("https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/S3ExportTasksConsole.html"),
        Notes =
        [
            "The principal carries the Region in every Region: logs.us-east-1.amazonaws.com.",
            "For a bucket of another account, the caller of CreateExportTask needs s3:PutObject there as well, and s3:PutObjectAcl where ACLs are on.",
            "SSE-KMS works with a customer managed key; dual-layer encryption (DSSE-KMS) does not.",
            "An account runs one task at a time.",
        ],
    };
}
