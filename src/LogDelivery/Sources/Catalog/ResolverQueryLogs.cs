namespace LogDelivery.Sources.Catalog;

/// <summary>Route 53 Resolver query logs. Source: Route 53 developer guide, resolver-query-logs-choosing-target-resource.</summary>
internal static class ResolverQueryLogs
{
    public static readonly DeliverySource Source = new("ResolverQueryLogs")
    {
        Name = "Route 53 Resolver query logs",
        Principal = VendedLogs.Principal,
        SourceArns = VendedLogs.SourceArnsV1,
        Guard = Guards.AccountAndArnLike,
        Grants = VendedLogs.GrantsV1(VendedLogs.LogFile("{prefix}AWSLogs/{account}/vpcdnsquerylogs/vpc-1234abcd/2026/01/31/vpc-1234abcd_vpcdnsquerylogs_{account}_20260131T2350Z_abcdef12.log.gz")),
        KeyGrants = VendedLogs.KeyGrants,
        Parameters = VendedLogs.Parameters,
        KeyFolders = ["vpcdnsquerylogs"],
        KeyLayout = "{prefix}AWSLogs/{account}/vpcdnsquerylogs/VPC-ID/{date}/VPC-ID_vpcdnsquerylogs_{account}_YYYYMMDDTHHmmZ_RANDOM.log.gz",
        KeyDateFormat = "yyyy'/'MM'/'dd",
        Latency = "files every 5 minutes, as vended logs are; no figure of its own is documented",

        // Written once there are requests, queries or records.
        FirstObjectWithin = TimeSpan.FromHours(24),
        StatusApi = "route53resolver:GetResolverQueryLogConfigAssociation (Status, Error)",

        ManagementCalls = new("route53resolver")
        {
            AlwaysSets = ["CreateResolverQueryLogConfig"],
            Ends = ["DeleteResolverQueryLogConfig"],
        },
        Documentation = new("https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-query-logs-choosing-target-resource.html"),
        Notes =
        [
            "The keys have no Region in them.",
            "Who sets the logging up needs s3:ListBucket on the bucket, too.",
            VendedLogs.OwnerNote,
            VendedLogs.HeadBucketNote,
        ],
    };
}
