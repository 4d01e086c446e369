namespace LogDelivery.Sources.Catalog;

/// <summary>EC2 Spot Instance data feeds. Source: EC2 user guide, spot-data-feeds.</summary>
internal static class SpotDataFeed
{
    public static readonly DeliverySource Source = new("SpotDataFeed")
    {
        Name = "Amazon EC2 Spot Instance data feed",
        Family = DeliveryFamily.AclGrantee,

        // AWS does not publish the canonical user, so no id is put here that a policy could name.
        Principal = "AWS data feed account (canonical user not published)",
        KeyPrincipal = VendedLogs.Principal,
        SendsSourceAccount = false,
        Grants =
        [
            new()
            {
                Sid = "SpotDataFeedAcl",
                Actions = ["s3:PutObject"],
                Key = "{prefix}*",
                SendsAcl = null,
                AclPermission = "FULL_CONTROL",
                Calls = [new("data file", "s3:PutObject", "{prefix}{account}.2026-01-31-23.001.abcdef12.gz")],
            },
        ],
        KeyGrants = VendedLogs.KeyGrants,
        Constraints = new() { RequiresAcls = true, ForbidsOptInRegions = true },
        Parameters =
        [
            new("KeyPrefix", false, "the prefix of the data feed"),
            new("KmsKeyArn", false, "the ARN of the bucket's default KMS key"),
        ],
        KeyLayout = "{prefix}{account}.YYYY-MM-DD-HH.N.RANDOM.gz",
        KeyDateFormat = null,
        Latency = "every hour in which a Spot Instance ran",
        StatusApi = "ec2:DescribeSpotDatafeedSubscription (Fault)",

        // An account has one data feed. Source: EC2 API reference, CreateSpotDatafeedSubscription, DeleteSpotDatafeedSubscription. No
        // published event was found.
        ManagementCalls = new("ec2")
        {
            AlwaysSets = ["CreateSpotDatafeedSubscription"],
            Ends = ["DeleteSpotDatafeedSubscription"],
            Members = new("spot data feed {account}")
            {
                Bucket = "bucket",
                Prefix = "prefix",
            },
        },
        Documentation = new("https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/spot-data-feeds.html"),
        Notes =
        [
            "No policy statement lets it in but the bucket's ACL, to which subscribing adds FULL_CONTROL for the data feed account. AWS does not publish that account's canonical user, so the grant cannot be told from others here.",
            "When the grant was removed, subscribe again.",
            "There is one data feed an account, none in China and GovCloud, and none in Regions that have to be opted in to.",
        ],
    };
}
