using System.Text.Json.Nodes;
using LogDelivery.Gateways;
using LogDelivery.Policies;
using LogDelivery.Sources;
using LogDelivery.Streams;
using Xunit;

namespace LogDelivery.Tests.Templates;

/// <summary>In the chain that the template makes every link works.</summary>
public sealed class FirehosePipelineTemplateTests
{
    [Fact]
    public void Every_link_works()
    {
        var rows = StreamTest.Run(Deploy(new("FirehosePipeline")));
        Assert.All(rows.Where(r => r.LinkValue != StreamLink.Arrival), r => Assert.True(r.StateValue == StreamLinkState.Working, $"{r.Link}: {r.Reason}"));
        Assert.All(rows, r => Assert.Empty(r.Findings));
    }

    [Fact]
    public void Its_role_may_do_nothing_elsewhere()
    {
        var template = new DeployedTemplate("FirehosePipeline");
        var policy = PolicyDocument.Parse(RolePolicy(template, "StreamRole"), PolicyKind.Identity);
        var role = RequestPrincipal.Aws(template.Value("StreamRole.Arn"));
        Assert.Equal(Verdict.Allowed, policy.Evaluate(new(role, "s3:PutObject", $"{template.Value("ArchiveBucket.Arn")}/events/2026/x")).Verdict);
        Assert.Equal(Verdict.ImplicitDeny, policy.Evaluate(new(role, "s3:PutObject", $"{template.Value("ArchiveBucket.Arn")}/other/x")).Verdict);
        Assert.Equal(Verdict.ImplicitDeny, policy.Evaluate(new(role, "s3:DeleteObject", $"{template.Value("ArchiveBucket.Arn")}/events/2026/x")).Verdict);
        Assert.Equal(Verdict.ImplicitDeny, policy.Evaluate(new(role, "kms:Decrypt", template.Value("ArchiveKey.Arn"))).Verdict);
    }

    private static StreamPicture Deploy(DeployedTemplate template)
    {
        var s3 = template.Properties("DeliveryStream")["ExtendedS3DestinationConfiguration"]!;
        var filter = template.Properties("SubscriptionFilter");
        var keyArn = template.Value("ArchiveKey.Arn");
        var streamArn = template.Value("DeliveryStream.Arn");
        return new()
        {
            Region = DeployedTemplate.Region,
            AccountId = DeployedTemplate.Account,
            StreamName = template.Value("StreamName"),
            Time = DateTimeOffset.UnixEpoch,
            Subscriptions =
            [
                new((string)filter["LogGroupName"]!)
                {
                    Filters = Readable.Found<IReadOnlyList<SubscriptionFilter>>([new((string)filter["LogGroupName"]!, "filter", (string)filter["FilterPattern"]!, (string)filter["DestinationArn"]!, (string)filter["RoleArn"]!)]),
                    Role = Readable.Found(Role(template, "SubscriptionRole")),
                },
            ],
            Stream = Readable.Found(new StreamDescription(template.Value("StreamName"), streamArn)
            {
                Destination = new((string)s3["RoleARN"]!, (string)s3["BucketARN"]!)
                {
                    Prefix = (string)s3["Prefix"]!,
                    ErrorOutputPrefix = (string)s3["ErrorOutputPrefix"]!,
                    CompressionFormat = (string)s3["CompressionFormat"]!,
                    KmsKeyArn = (string)s3["EncryptionConfiguration"]!["KMSEncryptionConfig"]!["AWSKMSKeyARN"]!,
                    LogsErrors = (bool)s3["CloudWatchLoggingOptions"]!["Enabled"]!,
                    ErrorLogGroup = (string)s3["CloudWatchLoggingOptions"]!["LogGroupName"]!,
                    ErrorLogStream = (string)s3["CloudWatchLoggingOptions"]!["LogStreamName"]!,
                },
            }),
            Role = Readable.Found(Role(template, "StreamRole")),
            Bucket = Readable.Found(new BucketPlace(DeployedTemplate.Region, false)),
            BucketSettings = new() { AccountId = DeployedTemplate.Account, Region = DeployedTemplate.Region, Encryption = BucketEncryption.SseKms, KmsKeyId = keyArn, BucketKeyEnabled = true },
            KmsKeyId = keyArn,
            Key = Readable.Found(new KeyDescription(keyArn, "Enabled")),
            KeyPolicy = Readable.Found(template.Properties("ArchiveKey")["KeyPolicy"]!.ToJsonString()),
        };
    }

    private static RoleDescription Role(DeployedTemplate template, string name)
        => new(template.Value($"{name}.Arn"), template.Properties(name)["AssumeRolePolicyDocument"]!.ToJsonString(), new Dictionary<string, string> { ["LogDeliveryStream"] = RolePolicy(template, name) });

    private static string RolePolicy(DeployedTemplate template, string name)
        => ((JsonArray)template.Properties(name)["Policies"]!)[0]!["PolicyDocument"]!.ToJsonString();
}
