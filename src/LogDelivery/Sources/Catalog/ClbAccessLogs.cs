namespace LogDelivery.Sources.Catalog;

/// <summary>Classic Load Balancer access logs. Source: ELB user guide (classic), enable-access-logs, access-log-collection.</summary>
internal static class ClbAccessLogs
{
    public static readonly DeliverySource Source = new("ClbAccessLogs")
    {
        Name = "Classic Load Balancer access logs",
        Principal = LoadBalancerLogs.Principal,
        SourceArns = LoadBalancerLogs.SourceArns,
        LegacyAccounts = ElbAccounts.Table,
        LegacyAccountsWrite = true,
        PoliciesNameAccounts = true,
        Guard = LoadBalancerLogs.Guard,
        Grants = [LoadBalancerLogs.Write("{prefix}AWSLogs/{account}/elasticloadbalancing/{region}/2026/01/31/{account}_elasticloadbalancing_{region}_my-loadbalancer_20260131T2350Z_192.0.2.10_abcdef12.log")],
        Constraints = LoadBalancerLogs.Constraints,
        Parameters = LoadBalancerLogs.Parameters,
        KeyFolders = ["elasticloadbalancing"],
        KeyLayout = "{prefix}AWSLogs/{account}/elasticloadbalancing/{region}/{date}/{account}_elasticloadbalancing_{region}_LB-NAME_YYYYMMDDTHHmmZ_IP_RANDOM.log",
        KeyDateFormat = "yyyy'/'MM'/'dd",
        Latency = "every 60 minutes, or every 5 when so configured; best effort",

        // The source tries to write while the call that sets the destination runs.
        FirstObjectWithin = TimeSpan.FromMinutes(30),
        StatusApi = null,

        ManagementCalls = new("elasticloadbalancing")
        {
            Sets = ["ModifyLoadBalancerAttributes"],
            Ends = ["DeleteLoadBalancer"],
        },
        Documentation = new("https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/enable-access-logs.html"),
        Notes =
        [
            LoadBalancerLogs.OnlySseS3,
            LoadBalancerLogs.LegacyPrincipal,
            "The files are not compressed.",
            LoadBalancerLogs.NoAcl,
        ],
    };
}
