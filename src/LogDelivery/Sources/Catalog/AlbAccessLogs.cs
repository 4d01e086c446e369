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
        Principal = LoadBalancerLogs.Principal,
        SourceArns = LoadBalancerLogs.SourceArns,
        LegacyAccounts = ElbAccounts.Table,
        LegacyAccountsWrite = true,
        PoliciesNameAccounts = true,
        Guard = LoadBalancerLogs.Guard,
        Grants = [LoadBalancerLogs.Write("{prefix}AWSLogs/{account}/elasticloadbalancing/{region}/2026/01/31/{account}_elasticloadbalancing_{region}_app.my-loadbalancer.1234567890abcdef_20260131T2350Z_192.0.2.10_abcdef12.log.gz")],
        Constraints = LoadBalancerLogs.Constraints,
        Parameters = LoadBalancerLogs.Parameters,
        KeyFolders = ["elasticloadbalancing"],
        KeyFileMark = "_app.",
        KeyLayout = "{prefix}AWSLogs/{account}/elasticloadbalancing/{region}/{date}/{account}_elasticloadbalancing_{region}_app.LB-ID_YYYYMMDDTHHmmZ_IP_RANDOM.log.gz",
        KeyDateFormat = "yyyy'/'MM'/'dd",
        Latency = "every 5 minutes, best effort",

        // The source tries to write while the call that sets the destination runs.
        FirstObjectWithin = TimeSpan.FromMinutes(30),
        StatusApi = null,

        ManagementCalls = new("elasticloadbalancing")
        {
            Sets = ["ModifyLoadBalancerAttributes"],
            Ends = ["DeleteLoadBalancer"],
        },
        Documentation = new("https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html"),
        Notes =
        [
            LoadBalancerLogs.OnlySseS3,
            LoadBalancerLogs.LegacyPrincipal,
            "Connection and health check logs have prefixes of their own; test each with its prefix.",
            "The test file is written when logging is turned on, so its date is that of the last success; no API tells of a later failure.",
            LoadBalancerLogs.NoAcl,
        ],
    };
}
