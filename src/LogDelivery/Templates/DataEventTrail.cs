using System.Text.Json.Nodes;
using LogDelivery.Alarms;

namespace LogDelivery.Templates;

/// <summary>
/// The part of a template that records the data events of one bucket: a trail with a bucket of its own, so that it never
/// records its own deliveries, and optionally a log group that it writes to. Sources: CloudTrail user guide,
/// create-s3-bucket-policy-for-cloudtrail and cloudtrail-required-policy-for-cloudwatch-logs.
/// </summary>
internal static class DataEventTrail
{
    public const string TrailArn = "arn:${AWS::Partition}:cloudtrail:${AWS::Region}:${AWS::AccountId}:trail/${TrailName}";
    public const string LogGroup = "TrailLogGroup";

    private const string BucketArn = "${TrailBucket.Arn}";

    /// <summary>Adds the trail.</summary>
    /// <param name="template">The template.</param>
    /// <param name="calls">The data events.</param>
    /// <param name="trailName">The name that the trail has by default.</param>
    /// <param name="bucketName">The watched bucket by default.</param>
    /// <param name="writesLogGroup">Whether the events go to a log group, too.</param>
    public static void AddTo(TemplateBuilder template, WatchedCalls calls, string trailName, string? bucketName, bool writesLogGroup)
    {
        template
            .Parameter("WatchedBucketName", "The bucket whose data events are recorded. It is in this Region, and it is not the bucket of a trail that records it.", bucketName, BucketPattern())
            .Parameter("TrailName", "The name of the trail that is made.", trailName, new JsonObject { ["AllowedPattern"] = "^[A-Za-z0-9][A-Za-z0-9._-]{1,126}[A-Za-z0-9]$" })
            .Parameter("TrailFileDays", "After how many days the trail's own files are deleted.", 90, new JsonObject { ["MinValue"] = 1 }, "Number")
            .Resource("TrailBucket", Bucket())
            .Resource("TrailBucketPolicy", Cfn.Resource("AWS::S3::BucketPolicy", new JsonObject { ["Bucket"] = Cfn.Ref("TrailBucket"), ["PolicyDocument"] = BucketPolicy() }));
        if (writesLogGroup)
        {
            template
                .Parameter("LogGroupDays", "After how many days the events in the log group are deleted.", 14, LogGroups.Retention(), "Number")
                .Resource(LogGroup, LogGroups.Resource(Cfn.Sub("/logdelivery/${TrailName}")))
                .Resource("TrailRole", Role());
        }

        template
            .Resource("Trail", Trail(calls, writesLogGroup))
            .Output("TrailArn", "The trail.", Cfn.Attribute("Trail", "Arn"));
    }

    public static JsonObject BucketPattern() => new() { ["AllowedPattern"] = "^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$" };

    private static JsonObject Bucket()
    {
        var bucket = Cfn.Resource("AWS::S3::Bucket", new JsonObject
        {
            ["BucketEncryption"] = new JsonObject
            {
                ["ServerSideEncryptionConfiguration"] = new JsonArray(new JsonObject { ["ServerSideEncryptionByDefault"] = new JsonObject { ["SSEAlgorithm"] = "AES256" } }),
            },
            ["OwnershipControls"] = new JsonObject { ["Rules"] = new JsonArray(new JsonObject { ["ObjectOwnership"] = "BucketOwnerEnforced" }) },
            ["PublicAccessBlockConfiguration"] = new JsonObject
            {
                ["BlockPublicAcls"] = true,
                ["BlockPublicPolicy"] = true,
                ["IgnorePublicAcls"] = true,
                ["RestrictPublicBuckets"] = true,
            },
            ["LifecycleConfiguration"] = new JsonObject
            {
                ["Rules"] = new JsonArray(new JsonObject { ["Id"] = "ExpireTrailFiles", ["Status"] = "Enabled", ["ExpirationInDays"] = Cfn.Ref("TrailFileDays") }),
            },
        });
        bucket["DeletionPolicy"] = "Retain";
        bucket["UpdateReplacePolicy"] = "Retain";
        return bucket;
    }

    // The guard on the one trail is what the write-ups of this set-up lack: without it any trail of any account may write here.
    private static JsonObject BucketPolicy()
    {
        const string Service = "cloudtrail.amazonaws.com";
        return Cfn.Policy(
            Cfn.Allow("AWSCloudTrailAclCheck", Service, "s3:GetBucketAcl", Cfn.Sub(BucketArn), new JsonObject
            {
                ["StringEquals"] = new JsonObject { ["aws:SourceArn"] = Cfn.Sub(TrailArn) },
            }),
            Cfn.Allow("AWSCloudTrailWrite", Service, "s3:PutObject", Cfn.Sub(BucketArn + "/AWSLogs/${AWS::AccountId}/*"), new JsonObject
            {
                ["StringEquals"] = new JsonObject { ["s3:x-amz-acl"] = "bucket-owner-full-control", ["aws:SourceArn"] = Cfn.Sub(TrailArn) },
            }),
            new JsonObject
            {
                ["Sid"] = "DenyInsecureTransport",
                ["Effect"] = "Deny",
                ["Principal"] = "*",
                ["Action"] = "s3:*",
                ["Resource"] = new JsonArray(Cfn.Sub(BucketArn), Cfn.Sub(BucketArn + "/*")),
                ["Condition"] = new JsonObject { ["Bool"] = new JsonObject { ["aws:SecureTransport"] = "false" } },
            });
    }

    // CloudTrail sends no source ARN when it assumes this role, and a condition on it in the trust policy would stop the events;
    // so the role may do as little as possible: write into the streams of this account's trail in this one log group.
    private static JsonObject Role()
    {
        var streams = "arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:${TrailLogGroup}:log-stream:${AWS::AccountId}_CloudTrail_${AWS::Region}*";
        return Cfn.Resource("AWS::IAM::Role", new JsonObject
        {
            ["AssumeRolePolicyDocument"] = Cfn.Trust("cloudtrail.amazonaws.com"),
            ["Policies"] = new JsonArray(new JsonObject
            {
                ["PolicyName"] = "WriteTrailEvents",
                ["PolicyDocument"] = Cfn.Policy(Cfn.Allow("WriteTrailEvents", null, new JsonArray("logs:CreateLogStream", "logs:PutLogEvents"), Cfn.Sub(streams))),
            }),
        });
    }

    private static JsonObject Trail(WatchedCalls calls, bool writesLogGroup)
    {
        var properties = new JsonObject
        {
            ["TrailName"] = Cfn.Ref("TrailName"),
            ["S3BucketName"] = Cfn.Ref("TrailBucket"),
            ["IsLogging"] = true,
            ["IsMultiRegionTrail"] = false,
            ["IncludeGlobalServiceEvents"] = false,
            ["EnableLogFileValidation"] = true,
            ["AdvancedEventSelectors"] = new JsonArray(new JsonObject { ["Name"] = "Data events of the watched bucket", ["FieldSelectors"] = Selectors(calls) }),
        };
        if (writesLogGroup)
        {
            properties["CloudWatchLogsLogGroupArn"] = Cfn.Attribute(LogGroup, "Arn");
            properties["CloudWatchLogsRoleArn"] = Cfn.Attribute("TrailRole", "Arn");
        }

        var trail = Cfn.Resource("AWS::CloudTrail::Trail", properties);
        trail["DependsOn"] = "TrailBucketPolicy";
        return trail;
    }

    private static JsonArray Selectors(WatchedCalls calls)
    {
        var selectors = new JsonArray(
            new JsonObject { ["Field"] = "eventCategory", ["Equals"] = new JsonArray("Data") },
            new JsonObject { ["Field"] = "resources.type", ["Equals"] = new JsonArray("AWS::S3::Object") },
            new JsonObject { ["Field"] = "resources.ARN", ["StartsWith"] = new JsonArray(Cfn.Sub("arn:${AWS::Partition}:s3:::${WatchedBucketName}/")) });
        if (calls is WatchedCalls.Writes or WatchedCalls.Reads)
        {
            selectors.Add(new JsonObject { ["Field"] = "eventName", ["Equals"] = new JsonArray(calls == WatchedCalls.Writes ? "PutObject" : "GetObject") });
        }

        return selectors;
    }
}
