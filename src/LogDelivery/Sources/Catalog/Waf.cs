namespace LogDelivery.Sources.Catalog;

/// <summary>AWS WAF web ACL traffic logs. Source: WAF developer guide, logging-s3.</summary>
internal static class Waf
{
    public static readonly DeliverySource Source = new("Waf")
    {
        Name = "AWS WAF web ACL logs",
        Principal = VendedLogs.Principal,
        SourceArns = VendedLogs.SourceArnsV1,
        Guard = Guards.AccountAndArnLike,
        Grants = VendedLogs.GrantsV1(
            VendedLogs.LogFile("{prefix}AWSLogs/{account}/WAFLogs/{region}/my-web-acl/2026/01/31/23/50/{account}_waflogs_{region}_my-web-acl_20260131T2350Z_abcdef12.log.gz"),
            VendedLogs.LogFile("{prefix}AWSLogs/{account}/WAFLogs/cloudfront/my-web-acl/2026/01/31/23/50/{account}_waflogs_cloudfront_my-web-acl_20260131T2350Z_abcdef12.log.gz") with
            {
                Name = "log file of a CloudFront web ACL",
                When = d => d.Region == "us-east-1",
            }),
        KeyGrants = VendedLogs.DataKeyGrant,
        Constraints = new() { NamePrefix = "aws-waf-logs-" },
        Parameters = VendedLogs.Parameters,
        KeyFolders = ["WAFLogs"],
        GlobalKeyFolder = "WAFLogs/cloudfront/",
        KeyLayout = "{prefix}AWSLogs/{account}/WAFLogs/{region}|cloudfront/ACL/{date}/{account}_waflogs_{region}_ACL_YYYYMMDDTHHmmZ_RANDOM.log.gz",
        KeyDateFormat = "yyyy'/'MM'/'dd'/'HH'/'mm",
        Latency = "every 5 minutes",

        // Written once there are requests, queries or records.
        FirstObjectWithin = TimeSpan.FromHours(24),
        StatusApi = null,

        ManagementCalls = new("wafv2")
        {
            AlwaysSets = ["PutLoggingConfiguration"],
            Ends = ["DeleteLoggingConfiguration"],
        },
        Documentation = new("https://docs.aws.amazon.com/waf/latest/developerguide/logging-s3.html"),
        Notes =
        [
            "The bucket's name must begin with aws-waf-logs-.",
            "A web ACL for CloudFront belongs to us-east-1, and its files go below WAFLogs/cloudfront/.",
            "The bucket belongs to the web ACL's account; with Firewall Manager to the administrator's.",
            "The AWS managed key aws/s3 does not work.",
            VendedLogs.HeadBucketNote,
        ],
    };
}
