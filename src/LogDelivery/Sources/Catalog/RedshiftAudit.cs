namespace LogDelivery.Sources.Catalog;

/// <summary>Redshift audit logs. Source: Redshift management guide, db-auditing.</summary>
internal static class RedshiftAudit
{
    public static readonly DeliverySource Source = new("RedshiftAudit")
    {
        Name = "Amazon Redshift audit logs",
        Principal = "redshift.amazonaws.com",
        OptInPrincipal = "redshift.{region}.amazonaws.com",
        LegacyAccounts = RedshiftAccounts.Table,
        LegacyAccountsWrite = true,

        // The page's policy has no conditions, and says nothing of what requests carry.
        SendsSourceAccount = false,
        Grants =
        [
            // The page puts both actions and both resources into one statement without conditions; here they are apart.
            new()
            {
                Sid = "RedshiftAuditLogsAclCheck",
                Actions = ["s3:GetBucketAcl"],
                Calls = [new("ACL check", "s3:GetBucketAcl")],
            },
            new()
            {
                Sid = "RedshiftAuditLogsWrite",
                Actions = ["s3:PutObject"],
                Key = "{prefix}AWSLogs/{account}/*",
                Calls =
                [
                    new("connection log file", "s3:PutObject", "{prefix}AWSLogs/{account}/redshift/{region}/2026/01/31/{account}_redshift_{region}_my-cluster_connectionlog_2026-01-31T23:50.gz"),
                    new("user log file", "s3:PutObject", "{prefix}AWSLogs/{account}/redshift/{region}/2026/01/31/{account}_redshift_{region}_my-cluster_userlog_2026-01-31T23:50.gz"),
                    new("user activity log file", "s3:PutObject", "{prefix}AWSLogs/{account}/redshift/{region}/2026/01/31/{account}_redshift_{region}_my-cluster_useractivitylog_2026-01-31T23:50.gz"),
                ],
            },
        ],
        Constraints = new()
        {
            Encryption = [BucketEncryption.SseS3],
            ForbidsObjectLock = true,
            MaxPrefixLength = 512,
        },
        Parameters =
        [
            new("KeyPrefix", false, "the S3 key prefix of the cluster's logging"),
        ],
        KeyFolders = ["redshift"],
        KeyLayout = "{prefix}AWSLogs/{account}/redshift/{region}/{date}/{account}_redshift_{region}_CLUSTER_LOGTYPE_YYYY-MM-DDTHH:mm.gz",
        KeyDateFormat = "yyyy'/'MM'/'dd",
        Latency = "irregular: a busy cluster writes more often",

        // Written once there are requests, queries or records.
        FirstObjectWithin = TimeSpan.FromHours(24),
        StatusApi = "redshift:DescribeLoggingStatus",

        ManagementCalls = new("redshift")
        {
            AlwaysSets = ["EnableLogging"],
            Ends = ["DisableLogging", "DeleteCluster"],
        },
        Documentation = new("https://docs.aws.amazon.com/redshift/latest/mgmt/db-auditing.html"),
        Notes =
        [
            "Only SSE-S3 works, and Object Lock must be off.",
            "In Regions that have to be opted in to, the principal carries the cluster's Region: redshift.ap-east-1.amazonaws.com.",
            "Older policies name an AWS account per Region in place of the service principal.",
            "At every upload the bucket's owner has to be the one from when logging was turned on.",
            "The user activity log also needs the parameter enable_user_activity_logging.",
            "Redshift Serverless cannot log into S3.",
        ],
    };
}
