namespace LogDelivery.Sources.Catalog;

/// <summary>
/// What the logs of Application and Classic Load Balancers have in common. Source: ELB user guide (application),
/// enable-access-logging; (classic), enable-access-logs.
/// </summary>
internal static class LoadBalancerLogs
{
    public const string Principal = "logdelivery.elasticloadbalancing.amazonaws.com";

    public const string OnlySseS3 = "Only SSE-S3 works: with SSE-KMS the load balancer reports 'Access Denied for bucket'.";

    public const string LegacyPrincipal = "The legacy form of the principal, an ELB account id per Region, still works where AWS lists one.";

    public const string NoAcl = "An x-amz-acl header is not sent: a condition or a Deny that asks for one stops the logs.";

    public static readonly string[] SourceArns = ["arn:{partition}:elasticloadbalancing:{region}:{account}:loadbalancer/*"];

    public static readonly ConditionTemplate[] Guard = [new("ArnLike", "aws:SourceArn", "{sourceArn}")];

    public static readonly BucketConstraints Constraints = new()
    {
        Encryption = [BucketEncryption.SseS3],
        SameRegion = true,
        ForbidsAwsLogsInPrefix = true,
    };

    public static readonly DeliverySourceParameter[] Parameters =
    [
        new("KeyPrefix", false, "the access log prefix of the load balancer"),
        new("SourceArn", false, "the load balancer's ARN"),
    ];

    /// <summary>The write statement, for a concrete key of a log file.</summary>
    public static GrantTemplate Write(string sample) => new()
    {
        Sid = "AWSLoadBalancerLogsWrite",
        Actions = ["s3:PutObject"],
        Key = "{prefix}AWSLogs/{account}/*",
        Calls =
        [
            new("log file", "s3:PutObject", sample),
            new("test file", "s3:PutObject", "{prefix}AWSLogs/{account}/ELBAccessLogTestFile"),
        ],
    };
}
