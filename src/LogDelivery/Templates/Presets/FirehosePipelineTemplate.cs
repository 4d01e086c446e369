using System.Text.Json.Nodes;

namespace LogDelivery.Templates.Presets;

/// <summary>
/// A subscription filter that sends the events of a log group through Firehose into an encrypted bucket, with the roles, the
/// key and the log of the stream's errors. Sources: CloudWatch Logs user guide, SubscriptionFilters; Firehose developer guide,
/// controlling-access.
/// </summary>
internal sealed class FirehosePipelineTemplate : TemplatePreset
{
    private const string Stream = "arn:${AWS::Partition}:firehose:${AWS::Region}:${AWS::AccountId}:deliverystream/${StreamName}";
    private const string Bucket = "arn:${AWS::Partition}:s3:::${ArchiveBucketName}";

    public override string Id => "FirehosePipeline";

    public override string Summary => "A subscription filter that sends the events of a log group through Firehose into a bucket with a KMS key, with both roles and the log of the stream's errors.";

    protected override Template Build(TemplateOptions options) => new TemplateBuilder(Summary)
        .Comment("Objects hold the envelopes of CloudWatch Logs, gzip members one after another; the stream must not compress them again. Expand-LogSubscription reads them.")
        .Comment("Firehose makes neither the log group nor the log stream of its errors, so both are here. Test-LogDeliveryStream says whether every link works.")
        .Parameter("LogGroupName", "The log group whose events are sent on; it has to exist.", null)
        .Parameter("FilterPattern", "Which events; an empty pattern sends all.", "{ $.eventName = \"ConsoleLogin\" }")
        .Parameter("StreamName", "The name of the Firehose stream.", "logdelivery-pipeline", new JsonObject { ["AllowedPattern"] = "^[A-Za-z0-9_.-]{1,64}$" })
        .Parameter("ArchiveBucketName", "The name of the bucket that is made for the objects.", options.Values.BucketName, new JsonObject { ["AllowedPattern"] = "^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$" })
        .Parameter("KeyPrefix", "What object names begin with.", "events/", new JsonObject { ["AllowedPattern"] = "^[^!]{0,256}$" })
        .Parameter("BufferSeconds", "How long records are gathered before an object is written.", 300, new JsonObject { ["MinValue"] = 0, ["MaxValue"] = 900 }, "Number")
        .Parameter("LogGroupDays", "After how many days the stream's errors are deleted.", 90, LogGroups.Retention(), "Number")
        .Resource("ArchiveKey", Key())
        .Resource("ArchiveBucket", ArchiveBucket())
        .Resource("ErrorLogGroup", LogGroups.Resource(Cfn.Sub("/aws/kinesisfirehose/${StreamName}")))
        .Resource("ErrorLogStream", Cfn.Resource("AWS::Logs::LogStream", new JsonObject { ["LogGroupName"] = Cfn.Ref("ErrorLogGroup"), ["LogStreamName"] = "DestinationDelivery" }))
        .Resource("StreamRole", StreamRole())
        .Resource("DeliveryStream", DeliveryStream())
        .Resource("SubscriptionRole", SubscriptionRole())
        .Resource("SubscriptionFilter", SubscriptionFilter())
        .Output("StreamArn", "The stream.", Cfn.Attribute("DeliveryStream", "Arn"))
        .Output("BucketName", "The bucket with the objects.", Cfn.Ref("ArchiveBucket"))
        .Build();

    // The account's root delegates to IAM, so that the role's own policy grants the access.
    private static JsonObject Key() => Retained(Cfn.Resource("AWS::KMS::Key", new JsonObject
    {
        ["Description"] = Cfn.Sub("Objects of the Firehose stream ${StreamName}."),
        ["EnableKeyRotation"] = true,
        ["KeyPolicy"] = Cfn.Policy(new JsonObject
        {
            ["Sid"] = "AccountAdministersAndDelegates",
            ["Effect"] = "Allow",
            ["Principal"] = new JsonObject { ["AWS"] = Cfn.Sub("arn:${AWS::Partition}:iam::${AWS::AccountId}:root") },
            ["Action"] = "kms:*",
            ["Resource"] = "*",
        }),
    }));

    private static JsonObject ArchiveBucket() => Retained(Cfn.Resource("AWS::S3::Bucket", new JsonObject
    {
        ["BucketName"] = Cfn.Ref("ArchiveBucketName"),
        ["BucketEncryption"] = new JsonObject
        {
            ["ServerSideEncryptionConfiguration"] = new JsonArray(new JsonObject
            {
                ["BucketKeyEnabled"] = true,
                ["ServerSideEncryptionByDefault"] = new JsonObject { ["SSEAlgorithm"] = "aws:kms", ["KMSMasterKeyID"] = Cfn.Attribute("ArchiveKey", "Arn") },
            }),
        },
        ["OwnershipControls"] = new JsonObject { ["Rules"] = new JsonArray(new JsonObject { ["ObjectOwnership"] = "BucketOwnerEnforced" }) },
        ["PublicAccessBlockConfiguration"] = new JsonObject { ["BlockPublicAcls"] = true, ["BlockPublicPolicy"] = true, ["IgnorePublicAcls"] = true, ["RestrictPublicBuckets"] = true },
    }));

    private static JsonObject StreamRole() => Role(
        Trust("firehose.amazonaws.com", new JsonObject { ["StringEquals"] = new JsonObject { ["sts:ExternalId"] = Cfn.Ref("AWS::AccountId") } }),
        Cfn.Policy(
            Cfn.Allow("Bucket", null, new JsonArray("s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"), Cfn.Sub(Bucket)),
            Cfn.Allow("Objects", null, new JsonArray("s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"), Cfn.Sub(Bucket + "/${KeyPrefix}*")),
            Cfn.Allow("Key", null, new JsonArray("kms:Decrypt", "kms:GenerateDataKey"), Cfn.Attribute("ArchiveKey", "Arn"), new JsonObject
            {
                ["StringEquals"] = new JsonObject { ["kms:ViaService"] = Cfn.Sub("s3.${AWS::Region}.amazonaws.com") },

                // The S3 Bucket Key makes the bucket's ARN the encryption context.
                ["StringLike"] = new JsonObject { ["kms:EncryptionContext:aws:s3:arn"] = new JsonArray(Cfn.Sub(Bucket), Cfn.Sub(Bucket + "/${KeyPrefix}*")) },
            }),
            Cfn.Allow("ErrorLog", null, "logs:PutLogEvents", Cfn.Sub("arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:/aws/kinesisfirehose/${StreamName}:log-stream:DestinationDelivery"))));

    private static JsonObject DeliveryStream() => Cfn.Resource("AWS::KinesisFirehose::DeliveryStream", new JsonObject
    {
        ["DeliveryStreamName"] = Cfn.Ref("StreamName"),
        ["DeliveryStreamType"] = "DirectPut",
        ["ExtendedS3DestinationConfiguration"] = new JsonObject
        {
            ["BucketARN"] = Cfn.Attribute("ArchiveBucket", "Arn"),
            ["RoleARN"] = Cfn.Attribute("StreamRole", "Arn"),
            ["Prefix"] = Cfn.Sub("${KeyPrefix}!{timestamp:yyyy/MM/dd/HH}/"),
            ["ErrorOutputPrefix"] = Cfn.Sub("${KeyPrefix}!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd}/"),
            ["BufferingHints"] = new JsonObject { ["IntervalInSeconds"] = Cfn.Ref("BufferSeconds"), ["SizeInMBs"] = 5 },
            ["CompressionFormat"] = "UNCOMPRESSED",
            ["EncryptionConfiguration"] = new JsonObject { ["KMSEncryptionConfig"] = new JsonObject { ["AWSKMSKeyARN"] = Cfn.Attribute("ArchiveKey", "Arn") } },
            ["CloudWatchLoggingOptions"] = new JsonObject { ["Enabled"] = true, ["LogGroupName"] = Cfn.Ref("ErrorLogGroup"), ["LogStreamName"] = Cfn.Ref("ErrorLogStream") },
        },
    });

    private static JsonObject SubscriptionRole() => Role(
        Trust("logs.amazonaws.com", new JsonObject
        {
            ["StringEquals"] = new JsonObject { ["aws:SourceAccount"] = Cfn.Ref("AWS::AccountId") },
            ["StringLike"] = new JsonObject { ["aws:SourceArn"] = Cfn.Sub("arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:*") },
        }),
        Cfn.Policy(Cfn.Allow("PutRecords", null, new JsonArray("firehose:PutRecord", "firehose:PutRecordBatch"), Cfn.Sub(Stream))));

    private static JsonObject SubscriptionFilter() => Cfn.Resource("AWS::Logs::SubscriptionFilter", new JsonObject
    {
        ["LogGroupName"] = Cfn.Ref("LogGroupName"),
        ["FilterPattern"] = Cfn.Ref("FilterPattern"),
        ["DestinationArn"] = Cfn.Attribute("DeliveryStream", "Arn"),
        ["RoleArn"] = Cfn.Attribute("SubscriptionRole", "Arn"),
    });

    private static JsonObject Role(JsonObject trust, JsonObject policy) => Cfn.Resource("AWS::IAM::Role", new JsonObject
    {
        ["AssumeRolePolicyDocument"] = trust,
        ["Policies"] = new JsonArray(new JsonObject { ["PolicyName"] = "LogDeliveryStream", ["PolicyDocument"] = policy }),
    });

    private static JsonObject Trust(string service, JsonObject condition) => Cfn.Policy(new JsonObject
    {
        ["Effect"] = "Allow",
        ["Principal"] = new JsonObject { ["Service"] = service },
        ["Action"] = "sts:AssumeRole",
        ["Condition"] = condition,
    });

    // What holds logs outlives the stack.
    private static JsonObject Retained(JsonObject resource)
    {
        resource["DeletionPolicy"] = "Retain";
        resource["UpdateReplacePolicy"] = "Retain";
        return resource;
    }
}
