namespace LogDelivery.Sources.Catalog;

/// <summary>
/// AWS CloudTrail trails. Source: CloudTrail user guide, create-s3-bucket-policy-for-cloudtrail,
/// create-kms-key-policy-for-cloudtrail, get-and-view-cloudtrail-log-files.
/// </summary>
internal static class CloudTrail
{
    public static readonly DeliverySource Source = new("CloudTrail")
    {
        Name = "AWS CloudTrail trail",
        Principal = "cloudtrail.amazonaws.com",
        LegacyAccounts = CloudTrailAccounts.Table,
        HasKeySetting = true,
        SourceArns = ["arn:{partition}:cloudtrail:{region}:{account}:trail/*"],
        SourceOrgIdIsContested = true,
        Guard = [new("StringEquals", "aws:SourceArn", "{sourceArn}")],
        // Either key is accepted as the guard; without a trail's ARN the account is all that can be named.
        GuardWithoutSourceArn = Guards.Account,
        Grants =
        [
            new()
            {
                Sid = "AWSCloudTrailAclCheck20150319",
                Actions = ["s3:GetBucketAcl"],
                Calls = [new("ACL check", "s3:GetBucketAcl")],
            },
            new()
            {
                Sid = "AWSCloudTrailWrite20150319",
                Actions = ["s3:PutObject"],
                Key = "{prefix}AWSLogs/{account}/*",
                SendsAcl = true,
                Conditions = Guards.OwnerFullControl,
                Calls =
                [
                    new("log file", "s3:PutObject", "{prefix}AWSLogs/{account}/CloudTrail/{region}/2026/01/31/{account}_CloudTrail_{region}_20260131T2350Z_Abcdefgh12345678.json.gz"),
                    new("digest file", "s3:PutObject", "{prefix}AWSLogs/{account}/CloudTrail-Digest/{region}/2026/01/31/{account}_CloudTrail-Digest_{region}_trail_{region}_20260131T235000Z.json.gz"),
                    new("Insights file", "s3:PutObject", "{prefix}AWSLogs/{account}/CloudTrail-Insight/{region}/2026/01/31/{account}_CloudTrail-Insight_{region}_20260131T2350Z_Abcdefgh12345678.json.gz"),
                ],
            },
            new()
            {
                Sid = "AWSCloudTrailOrganizationWrite20150319",
                Actions = ["s3:PutObject"],
                Key = "{prefix}AWSLogs/{org}/*",
                SendsAcl = true,
                When = d => d.OrganizationId is not null,
                Conditions = Guards.OwnerFullControl,
                Calls =
                [
                    new("organization log file", "s3:PutObject", "{prefix}AWSLogs/{org}/444455556666/CloudTrail/{region}/2026/01/31/444455556666_CloudTrail_{region}_20260131T2350Z_Abcdefgh12345678.json.gz"),
                    new("organization digest file", "s3:PutObject", "{prefix}AWSLogs/{org}/444455556666/CloudTrail-Digest/{region}/2026/01/31/444455556666_CloudTrail-Digest_{region}_trail_{region}_20260131T235000Z.json.gz"),
                    new("organization Insights file", "s3:PutObject", "{prefix}AWSLogs/{org}/444455556666/CloudTrail-Insight/{region}/2026/01/31/444455556666_CloudTrail-Insight_{region}_20260131T2350Z_Abcdefgh12345678.json.gz"),
                ],
            },
        ],
        KeyGuard = [],
        KeyGrants =
        [
            new()
            {
                Sid = "AWSCloudTrailEncryptLogs",
                Actions = ["kms:GenerateDataKey*"],
                Conditions =
                [
                    new("StringEquals", "aws:SourceArn", "{sourceArn}"),
                    new("StringLike", "kms:EncryptionContext:aws:cloudtrail:arn", "arn:{partition}:cloudtrail:*:{account}:trail/*"),
                ],
                Calls =
                [
                    new("data key", "kms:GenerateDataKey")
                    {
                        Context = [("kms:EncryptionContext:aws:cloudtrail:arn", "{sourceArn}")],
                    },
                ],
            },
            new()
            {
                Sid = "AWSCloudTrailDescribeKey",
                Actions = ["kms:DescribeKey"],
                Conditions = [new("StringEquals", "aws:SourceArn", "{sourceArn}")],
                Calls = [new("key check", "kms:DescribeKey")],
            },
            new()
            {
                Sid = "AWSCloudTrailDecryptForBucketKey",
                Actions = ["kms:Decrypt"],
                When = d => d.Bucket.BucketKeyEnabled == true,
                Conditions = [new("StringEquals", "aws:SourceArn", "{sourceArn}")],
                Calls = [new("bucket key", "kms:Decrypt")],
            },
        ],
        Constraints = new()
        {
            ForbidsRequesterPays = true,
            ForbidsAwsLogsInPrefix = true,
            MaxPrefixLength = 200,
        },
        Parameters =
        [
            new("TrailArn", false, "the trail's ARN, with its home Region: arn:aws:cloudtrail:us-east-1:111122223333:trail/NAME"),
            new("OrganizationId", false, "the organization id (o-...), for an organization trail"),
            new("KeyPrefix", false, "the trail's S3 key prefix"),
            new("KmsKeyArn", false, "the ARN of the trail's KMS key"),
        ],
        KeyFolders = ["CloudTrail", "CloudTrail-Digest", "CloudTrail-Insight", "CloudTrail-NetworkActivity", "CloudTrail-Aggregated"],
        KeyLayout = "{prefix}AWSLogs/[{org}/]{account}/CloudTrail[-Digest|-Insight|-NetworkActivity|-Aggregated]/{region}/{date}/{account}_CloudTrail_{region}_YYYYMMDDTHHmmZ_RANDOM.json.gz",
        KeyDateFormat = "yyyy'/'MM'/'dd",
        Latency = "about 5 minutes on average; digests every hour, Insights within 30 minutes; failed deliveries are retried for 30 days",

        // Written every five minutes, whether or not there is much to write.
        FirstObjectWithin = TimeSpan.FromMinutes(30),
        StatusApi = "cloudtrail:GetTrailStatus",

        ManagementCalls = new("cloudtrail")
        {
            AlwaysSets = ["CreateTrail"],
            Sets = ["UpdateTrail"],
            Ends = ["DeleteTrail", "StopLogging"],
            Others = ["StartLogging"],
        },
        Documentation = new("https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html"),
        Notes =
        [
            "aws:SourceArn carries the trail's name and home Region: a renamed or recreated trail needs a new policy, and IsLogging stays true meanwhile.",
            "An organization trail needs both the organization's path and the management account's own.",
            "Digest and Insights files go beside the log files: a resource that ends in /CloudTrail/* stops them.",
        ],
    };
}
