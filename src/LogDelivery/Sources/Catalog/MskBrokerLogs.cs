namespace LogDelivery.Sources.Catalog;

/// <summary>Amazon MSK broker logs. Source: MSK developer guide, msk-logging.</summary>
internal static class MskBrokerLogs
{
    public static readonly DeliverySource Source = new("MskBrokerLogs")
    {
        Name = "Amazon MSK broker logs",
        Principal = VendedLogs.Principal,
        SourceArns = VendedLogs.SourceArnsV1,
        Guard = Guards.AccountAndArnLike,
        Grants = VendedLogs.GrantsV1(VendedLogs.LogFile("{prefix}AWSLogs/{account}/KafkaBrokerLogs/{region}/my-cluster-12345678-abcd-1234-abcd-1234567890ab-1/2026-01-31-23/Broker-1_23-50_abcdef12.log.gz")),
        KeyGrants = VendedLogs.KeyGrants,
        Parameters = VendedLogs.Parameters,
        KeyFolders = ["KafkaBrokerLogs"],
        KeyLayout = "{prefix}AWSLogs/{account}/KafkaBrokerLogs/{region}/CLUSTER-UUID/{date}/Broker-N_HH-mm_RANDOM.log.gz",
        KeyDateFormat = "yyyy'-'MM'-'dd'-'HH",
        Latency = "files every 5 minutes, as vended logs are; no figure of its own is documented",

        // Written once there are requests, queries or records.
        FirstObjectWithin = TimeSpan.FromHours(24),
        StatusApi = null,

        // Source: Amazon MSK API reference, clusters (CreateCluster, CreateClusterV2, UpdateMonitoring, DeleteCluster). No published
        // event was found.
        ManagementCalls = new("kafka")
        {
            Sets = ["CreateCluster", "CreateClusterV2", "UpdateMonitoring"],
            Ends = ["DeleteCluster"],
            Members = new("brokers {resource}")
            {
                Place = "brokerLogs.s3",
                Bucket = "bucket",
                Prefix = "prefix",
                Enabled = "enabled",
                Resource = ["clusterArn", "clusterName"],
                ResponseResource = "clusterArn",
            },
        },
        Documentation = new("https://docs.aws.amazon.com/msk/latest/developerguide/msk-logging.html"),
        Notes =
        [
            "The date is one folder: year-month-day-hour.",
            "Workers of MSK Connect deliver by the same policy; where their files go is not documented.",
            VendedLogs.OwnerNote,
            VendedLogs.HeadBucketNote,
        ],
    };
}
