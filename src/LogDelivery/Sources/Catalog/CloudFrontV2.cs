using System.Text.RegularExpressions;

namespace LogDelivery.Sources.Catalog;

/// <summary>
/// CloudFront standard logging, version 2. Source: CloudFront developer guide, standard-logging; the statement is that of
/// CloudWatch Logs user guide, AWS-logs-infrastructure-V2-S3.
/// </summary>
internal static partial class CloudFrontV2
{
    public static readonly DeliverySource Source = new("CloudFrontV2")
    {
        Name = "Amazon CloudFront standard logging (v2)",
        Principal = VendedLogs.Principal,
        SourceArns = VendedLogs.SourceArnsV2,
        ControlRegion = "us-east-1",
        DefaultPrefix = "AWSLogs/{accountSegment}/CloudFront",
        Guard = Guards.AccountAndArnLike,
        Grants = VendedLogs.GrantsV2("{prefix}*", VendedLogs.LogFile("{prefix}EMLARXS9EXAMPLE.2026-01-31-23.abcdef12.gz")),
        KeyGrants = VendedLogs.KeyGrants,
        Constraints = new() { ForbidsDotsInName = true },
        Parameters =
        [
            new("KeyPrefix", false, "the folder in the delivery destination's ARN; it replaces AWSLogs/ACCOUNT/CloudFront"),
            new("SourceArn", false, "the ARN of the delivery source: arn:aws:logs:us-east-1:111122223333:delivery-source:NAME"),
            new("KmsKeyArn", false, "the ARN of the bucket's default KMS key"),
            VendedLogs.HiveParameter,
        ],
        KeyFolders = ["CloudFront"],
        KeyFilePattern = LogFile(),
        KeyLayout = "{prefix}[SUFFIX-PATH/]DISTRIBUTION.YYYY-MM-DD-HH.RANDOM.gz, where {prefix} is AWSLogs/{account}/CloudFront/ unless configured",
        KeyDateFormat = null,
        HiveKeyLayout = "{prefix}[SUFFIX-PATH/]DISTRIBUTION.YYYY-MM-DD-HH.RANDOM.gz, where {prefix} is AWSLogs/aws-account-id={account}/CloudFront/ unless configured",
        HiveKeyDateFormat = null,
        Latency = "not documented for version 2; changed settings take up to 12 hours",

        // Written once there are requests, queries or records.
        FirstObjectWithin = TimeSpan.FromHours(24),
        StatusApi = null,

        ManagementCalls = new("logs")
        {
            Others = ["PutDeliverySource"],
        },
        Documentation = new("https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging.html"),
        Notes =
        [
            "The delivery source is in us-east-1 whatever the bucket's Region: a policy with another Region in aws:SourceArn lets nothing through.",
            "A configured prefix replaces AWSLogs/ACCOUNT/CloudFront: a policy for AWSLogs/ACCOUNT/* no longer covers the keys.",
            "Unlike legacy logging it needs no ACL, and it delivers into Regions that have to be opted in to.",
            "The bucket's name may hold no dots.",
        ],
    };

    // EMLARXS9EXAMPLE.2026-01-31-23.abcdef12.gz
    [GeneratedRegex(@"^E[0-9A-Z]{8,}\.\d{4}-\d\d-\d\d-\d\d\.[0-9a-f]+\.(gz|parquet)$")]
    private static partial Regex LogFile();
}
