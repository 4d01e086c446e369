namespace LogDelivery.Sources.Catalog;

/// <summary>AWS Verified Access logs. Source: Verified Access user guide, access-logs, access-logs-permissions.</summary>
internal static class VerifiedAccess
{
    public static readonly DeliverySource Source = new("VerifiedAccess")
    {
        Name = "AWS Verified Access logs",
        Principal = VendedLogs.Principal,
        SourceArns = VendedLogs.SourceArnsV1,
        Guard = Guards.AccountAndArnLike,
        Grants = VendedLogs.GrantsV1(VendedLogs.LogFile("{prefix}AWSLogs/{account}/log-file.json.gz")),
        KeyGrants = VendedLogs.KeyGrants,
        Parameters = VendedLogs.Parameters,
        KeyLayout = "{prefix}AWSLogs/{account}/...",
        KeyDateFormat = null,
        Latency = "files every 5 minutes, as vended logs are; no figure of its own is documented",

        // Written once there are requests, queries or records.
        FirstObjectWithin = TimeSpan.FromHours(24),
        StatusApi = "ec2:DescribeVerifiedAccessInstanceLoggingConfigurations (DeliveryStatus)",

        // Source: EC2 API reference, ModifyVerifiedAccessInstanceLoggingConfiguration, DeleteVerifiedAccessInstance. No published event
        // was found.
        ManagementCalls = new("ec2")
        {
            Sets = ["ModifyVerifiedAccessInstanceLoggingConfiguration"],
            Ends = ["DeleteVerifiedAccessInstance"],
            Members = new("verified access {account} {region} {resource}")
            {
                Place = "accessLogs.s3",
                Bucket = "bucketName",
                Prefix = "prefix",
                Enabled = "enabled",
                Resource = ["verifiedAccessInstanceId"],
            },
        },
        Documentation = new("https://docs.aws.amazon.com/verified-access/latest/ug/access-logs-permissions.html"),
        Notes =
        [
            "What follows AWSLogs/ACCOUNT/ in the keys is not documented; the tested key is a made-up one.",
            VendedLogs.OwnerNote,
            VendedLogs.HeadBucketNote,
        ],
    };
}
