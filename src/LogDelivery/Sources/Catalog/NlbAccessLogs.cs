namespace LogDelivery.Sources.Catalog;

/// <summary>Network Load Balancer access logs. Source: ELB user guide (network), load-balancer-access-logs, enable-access-logs.</summary>
internal static class NlbAccessLogs
{
    public static readonly DeliverySource Source = new("NlbAccessLogs")
    {
        Name = "Network Load Balancer access logs",
        Principal = VendedLogs.Principal,
        SourceArns = VendedLogs.SourceArnsV1,
        Guard = Guards.AccountAndArnLike,
        Grants = VendedLogs.GrantsV1(VendedLogs.LogFile("{prefix}AWSLogs/{account}/elasticloadbalancing/{region}/2026/01/31/{account}_elasticloadbalancing_{region}_net.my-loadbalancer.1234567890abcdef_20260131T2350Z_abcdef12.log.gz")),
        KeyGrants = VendedLogs.KeyGrants,

        // The page's key statement has no conditions.
        KeyGuard = [],
        Constraints = new() { SameRegion = true, ForbidsAwsLogsInPrefix = true },
        Parameters = VendedLogs.Parameters,
        KeyFolders = ["elasticloadbalancing"],
        KeyFileMark = "_net.",
        KeyLayout = "{prefix}AWSLogs/{account}/elasticloadbalancing/{region}/{date}/{account}_elasticloadbalancing_{region}_net.LB-ID_YYYYMMDDTHHmmZ_RANDOM.log.gz",
        KeyDateFormat = "yyyy'/'MM'/'dd",
        Latency = "every 5 minutes, best effort",

        // Written once there are requests, queries or records.
        FirstObjectWithin = TimeSpan.FromHours(24),
        StatusApi = null,

        ManagementCalls = new("elasticloadbalancing")
        {
            Sets = ["ModifyLoadBalancerAttributes"],
            Ends = ["DeleteLoadBalancer"],
        },
        Documentation = new("https://docs.aws.amazon.com/elasticloadbalancing/latest/network/enable-access-logs.html"),
        Notes =
        [
            "Only TLS listeners write access logs; a load balancer without one delivers nothing, whatever the policies say.",
            "The principal is delivery.logs.amazonaws.com, not that of Application Load Balancers: a policy for those does not do.",
            "Unlike Application Load Balancers it takes SSE-KMS, with a customer managed key.",
            VendedLogs.HeadBucketNote,
        ],
    };
}
