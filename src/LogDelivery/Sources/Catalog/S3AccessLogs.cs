using System.Text.RegularExpressions;

namespace LogDelivery.Sources.Catalog;

/// <summary>
/// S3 server access logs. Source: S3 user guide, enable-server-access-logging, ServerLogs,
/// troubleshooting-server-access-logging.
/// </summary>
internal static partial class S3AccessLogs
{
    public static readonly DeliverySource Source = new("S3AccessLogs")
    {
        Name = "Amazon S3 server access logs",
        Principal = "logging.s3.amazonaws.com",
        LogsBucketRequests = true,
        SourceArns = ["arn:{partition}:s3:::*"],
        PrefixStyle = KeyPrefixStyle.Bare,
        Guard = Guards.AccountAndArnLike,
        Grants =
        [
            new()
            {
                Sid = "S3ServerAccessLogsPolicy",
                Actions = ["s3:PutObject"],
                Key = "{prefix}*",
                Calls =
                [
                    new("log file", "s3:PutObject", "{prefix}2026-01-31-23-50-00-ABCDEF0123456789") { When = d => !d.PartitionedPrefix },
                    new("log file", "s3:PutObject", "{prefix}{account}/{region}/{sourceBucket}/2026/01/31/2026-01-31-23-50-00-ABCDEF0123456789") { When = d => d.PartitionedPrefix },
                ],
            },
        ],

        // The page's key statement has no conditions.
        KeyGuard = [],
        KeyGrants =
        [
            new()
            {
                Sid = "S3ServerAccessLogsKeyUse",
                Actions = ["kms:GenerateDataKey", "kms:Decrypt"],
                Calls =
                [
                    new("data key", "kms:GenerateDataKey"),
                    new("decrypt", "kms:Decrypt"),
                ],
            },
        ],
        Constraints = new()
        {
            SameRegion = true,
            SameAccount = true,
            ForbidsRequesterPays = true,
            ForbidsObjectLockRetention = true,
        },
        Parameters =
        [
            new("KeyPrefix", false, "the TargetPrefix exactly as configured: whether it ends in a slash matters"),
            new("SourceArn", false, "the ARN of the logged bucket, arn:aws:s3:::NAME. Without it every bucket of the account is assumed, and a policy that names one bucket cannot be judged"),
            new("PartitionedPrefix", false, "whether TargetObjectKeyFormat is PartitionedPrefix"),
            new("KmsKeyArn", false, "the ARN of the bucket's default KMS key"),
        ],
        KeyLayout = "{prefix}YYYY-MM-DD-HH-mm-ss-RANDOM, or with PartitionedPrefix {prefix}{account}/{region}/BUCKET/YYYY/MM/DD/YYYY-MM-DD-HH-mm-ss-RANDOM",
        KeyPattern = LogFile(),
        KeyDateFormat = null,
        Latency = "within a few hours, best effort; changed settings take more than an hour",

        // Written once there are requests, queries or records.
        FirstObjectWithin = TimeSpan.FromHours(24),
        StatusApi = null,

        ManagementCalls = new("s3")
        {
            AlwaysSets = ["PutBucketLogging"],
            Ends = ["DeleteBucket"],
        },
        Documentation = new("https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html"),
        Notes =
        [
            "The date follows the prefix directly: a policy for logs/* does not cover the prefix 'logs', whose keys begin with logs2026.",
            "The console writes the bucket policy; the API, the command line and templates do not.",
            "Until 2026 the documentation said that only SSE-S3 works; now SSE-KMS does where the key policy lets logging.s3.amazonaws.com generate data keys and decrypt.",
            "With the AWS managed key aws/s3 logs may be written with a key that nobody of yours can use.",
            "A bucket that logs to itself makes a log entry of every log file, without end.",
            "The older way is the ACL of the group LogDelivery; with ACLs off it is gone, and target grants are refused.",
        ],
    };

    // The two layouts of S3 server access logs, behind any prefix. Source: S3 user guide, ServerLogs.
    [GeneratedRegex(@"^(?<prefix>.*?)((?<account>\d{12})/(?<region>[a-z]{2,}(-[a-z]+)+-\d)/(?<bucket>[^/]+)/\d{4}/\d\d/\d\d/)?\d{4}-\d\d-\d\d-\d\d-\d\d-\d\d-[0-9A-F]{16}$", RegexOptions.ExplicitCapture)]
    private static partial Regex LogFile();
}
