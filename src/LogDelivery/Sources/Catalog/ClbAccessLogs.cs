namespace LogDelivery.Sources.Catalog;

/// <summary>Classic Load Balancer access logs. Source: ELB user guide (classic), enable-access-logs, access-log-collection.</summary>
internal static class ClbAccessLogs
{
    public static readonly DeliverySource Source = new("ClbAccessLogs")
    {
        Name = "Classic Load Balancer access logs",
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
                    new("log file", "s3:PutObject", "{prefix}AWSLogs/{account}/elasticloadbalancing/{region}/2026/01/31/{account}_elasticloadbalancing_{region}_my-loadbalancer_20260131T2350Z_192.0.2.10_abcdef12.log"),
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
        KeyLayout = "{prefix}AWSLogs/{account}/elasticloadbalancing/{region}/{date}/{account}_elasticloadbalancing_{region}_LB-NAME_YYYYMMDDTHHmmZ_IP_RANDOM.log",
        KeyDateFormat = "yyyy'/'MM'/'dd",
        Latency = "every 60 minutes, or every 5 when so configured; best effort",
        StatusApi = null,
        Documentation = new("https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/enable-access-logs.html"),
        Notes =
        [
            "Only SSE-S3 works: with SSE-KMS the load balancer reports 'Access Denied for bucket'.",
            "The legacy form of the principal, an ELB account id per Region, still works where AWS lists one.",
            "The files are not compressed.",
            "An x-amz-acl header is not sent: a condition or a Deny that asks for one stops the logs.",
        ],
    };
}
