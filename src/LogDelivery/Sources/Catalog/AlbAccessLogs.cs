namespace LogDelivery.Sources.Catalog;

/// <summary>
/// Application Load Balancer access, connection and health check logs. Source: ELB user guide (application),
/// enable-access-logging.
/// </summary>
internal static class AlbAccessLogs
{
    public static readonly DeliverySource Source = new("AlbAccessLogs")
    {
        Name = "Application Load Balancer access logs",
        Principal = "logdelivery.elasticloadbalancing.amazonaws.com",
        SourceArns = ["arn:{partition}:elasticloadbalancing:{region}:{account}:loadbalancer/*"],
        LegacyAccount = ElbAccounts.ForRegion,
        Guard = [new("ArnLike", "aws:SourceArn", "{sourceArn}")],
        Grants =
        [
            new()
            {
                Sid = "AWSLoadBalancerLogsWrite",
                Actions = ["s3:PutObject"],
                Key = "{prefix}AWSLogs/{account}/*",
                Calls =
                [
                    new("log file", "s3:PutObject", "{prefix}AWSLogs/{account}/elasticloadbalancing/{region}/2026/01/31/{account}_elasticloadbalancing_{region}_app.my-loadbalancer.1234567890abcdef_20260131T2350Z_192.0.2.10_abcdef12.log.gz"),
                    new("test file", "s3:PutObject", "{prefix}AWSLogs/{account}/ELBAccessLogTestFile"),
                ],
            },
        ],
        Constraints = new()
        {
            Encryption = [BucketEncryption.SseS3],
            SameRegion = true,
            ForbidsAwsLogsInPrefix = true,
        },
        Parameters =
        [
            new("KeyPrefix", false, "the access log prefix of the load balancer"),
            new("SourceArn", false, "the load balancer's ARN"),
        ],
        KeyLayout = "{prefix}AWSLogs/{account}/elasticloadbalancing/{region}/{date}/{account}_elasticloadbalancing_{region}_app.LB-ID_YYYYMMDDTHHmmZ_IP_RANDOM.log.gz",
        KeyDateFormat = "yyyy'/'MM'/'dd",
        Latency = "every 5 minutes, best effort",
        StatusApi = null,
        Documentation = new("https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html"),
        Notes =
        [
            "Only SSE-S3 works: with SSE-KMS the load balancer reports 'Access Denied for bucket'.",
            "The legacy form of the principal, an ELB account id per Region, still works where AWS lists one.",
            "Connection and health check logs have prefixes of their own; test each with its prefix.",
            "The test file is written when logging is turned on, so its date is that of the last success; no API tells of a later failure.",
            "An x-amz-acl header is not sent: a condition or a Deny that asks for one stops the logs.",
        ],
    };
}
