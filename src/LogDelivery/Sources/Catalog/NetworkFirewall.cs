namespace LogDelivery.Sources.Catalog;

/// <summary>AWS Network Firewall alert, flow and TLS logs. Source: Network Firewall developer guide, logging-s3.</summary>
internal static class NetworkFirewall
{
    public static readonly DeliverySource Source = new("NetworkFirewall")
    {
        Name = "AWS Network Firewall logs",
        Principal = VendedLogs.Principal,
        SourceArns = VendedLogs.SourceArnsV1,
        PrefixStyle = KeyPrefixStyle.SlashAlways,
        Guard = Guards.AccountAndArnLike,
        Grants = VendedLogs.GrantsV1(
            VendedLogs.LogFile("{prefix}AWSLogs/{account}/network-firewall/alert/{region}/my-firewall/2026/01/31/23/{account}_network-firewall_alert_{region}_my-firewall_202601312350_abcdef12.log.gz") with { Name = "alert log file" },
            VendedLogs.LogFile("{prefix}AWSLogs/{account}/network-firewall/flow/{region}/my-firewall/2026/01/31/23/{account}_network-firewall_flow_{region}_my-firewall_202601312350_abcdef12.log.gz") with { Name = "flow log file" },
            VendedLogs.LogFile("{prefix}AWSLogs/{account}/network-firewall/tls/{region}/my-firewall/2026/01/31/23/{account}_network-firewall_tls_{region}_my-firewall_202601312350_abcdef12.log.gz") with { Name = "tls log file" }),
        KeyGrants = VendedLogs.KeyGrants,
        Parameters = VendedLogs.Parameters,
        KeyFolders = ["network-firewall"],
        KeyLayout = "{prefix}AWSLogs/{account}/network-firewall/alert|flow|tls/{region}/FIREWALL/{date}/{account}_network-firewall_TYPE_{region}_FIREWALL_YYYYMMDDHHmm_RANDOM.log.gz",
        KeyDateFormat = "yyyy'/'MM'/'dd'/'HH",
        Latency = "every 5 minutes",

        // Written once there are requests, queries or records.
        FirstObjectWithin = TimeSpan.FromHours(24),
        StatusApi = null,

        ManagementCalls = new("network-firewall")
        {
            AlwaysSets = ["UpdateLoggingConfiguration"],
            Ends = ["DeleteFirewall"],
        },
        Documentation = new("https://docs.aws.amazon.com/network-firewall/latest/developerguide/logging-s3.html"),
        Notes =
        [
            "A slash is put behind the prefix even where there is one: the prefix / makes keys that begin with //AWSLogs, which a policy for AWSLogs/* does not cover.",
            "The AWS managed key aws/s3 does not work.",
            VendedLogs.HeadBucketNote,
        ],
    };
}
