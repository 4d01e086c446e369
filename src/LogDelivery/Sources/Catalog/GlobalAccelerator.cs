namespace LogDelivery.Sources.Catalog;

/// <summary>AWS Global Accelerator flow logs. Source: Global Accelerator developer guide, monitoring-global-accelerator.flow-logs.</summary>
internal static class GlobalAccelerator
{
    public static readonly DeliverySource Source = new("GlobalAccelerator")
    {
        Name = "AWS Global Accelerator flow logs",
        Principal = VendedLogs.Principal,
        SourceArns = VendedLogs.SourceArnsV1,
        ControlRegion = "us-west-2",
        PrefixStyle = KeyPrefixStyle.SlashAlways,
        Guard = Guards.AccountAndArnLike,
        Grants = VendedLogs.GrantsV1(VendedLogs.LogFile("{prefix}AWSLogs/{account}/globalaccelerator/{region}/2026/01/31/{account}_globalaccelerator_1234abcd-abcd-1234-abcd-1234abcdefgh_20260131T2350Z_abcdef12.log.gz")),
        KeyGrants = VendedLogs.DataKeyGrant,
        Parameters = VendedLogs.Parameters,
        KeyFolders = ["globalaccelerator"],
        KeyLayout = "{prefix}AWSLogs/{account}/globalaccelerator/{region}/{date}/{account}_globalaccelerator_ACCELERATOR_YYYYMMDDTHHmmZ_RANDOM.log.gz",
        KeyDateFormat = "yyyy'/'MM'/'dd",
        Latency = "usually within an hour, up to 24 hours; the first files about 4 hours after logging is turned on",

        // Written once there are requests, queries or records.
        FirstObjectWithin = TimeSpan.FromHours(24),
        StatusApi = null,

        ManagementCalls = new("globalaccelerator")
        {
            Sets = ["UpdateAcceleratorAttributes", "UpdateCustomRoutingAcceleratorAttributes"],
            Ends = ["DeleteAccelerator", "DeleteCustomRoutingAccelerator"],
        },
        Documentation = new("https://docs.aws.amazon.com/global-accelerator/latest/dg/monitoring-global-accelerator.flow-logs.html"),
        Notes =
        [
            "The service runs in us-west-2 only: that is the Region in aws:SourceArn and in the keys, wherever the endpoints are.",
            "A slash is put behind the prefix even where there is one: the prefix / makes keys that begin with //AWSLogs, which a policy for AWSLogs/* does not cover.",
            VendedLogs.HeadBucketNote,
        ],
    };
}
