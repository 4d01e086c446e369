using LogDelivery.Diagnosis;
using LogDelivery.Sources;
using Xunit;

namespace LogDelivery.Tests.Diagnosis;

/// <summary>The deliveries that tests of findings begin with, and short ways to look at the outcome.</summary>
internal static class Sample
{
    public const string Bucket = "arn:aws:s3:::amzn-s3-demo-bucket";
    public const string TrailArn = "arn:aws:cloudtrail:us-east-1:111122223333:trail/audit";
    public const string KeyArn = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

    public static readonly Delivery Trail = Of("CloudTrail") with { SourceArn = TrailArn };
    public static readonly Delivery OrganizationTrail = Trail with { OrganizationId = "o-exampleorgid" };
    public static readonly Delivery EncryptedTrail = Trail with { KmsKeyArn = KeyArn };
    public static readonly Delivery FlowLog = Of("VpcFlowLogs");
    public static readonly Delivery LoadBalancer = Of("AlbAccessLogs");
    public static readonly Delivery AccessLog = Of("S3AccessLogs") with { SourceArn = "arn:aws:s3:::amzn-s3-demo-source-bucket", KeyPrefix = "logs/" };

    public static Delivery Of(string source) => new DeliveryFixture { Source = source }.ToDelivery();

    public static Delivery With(this Delivery delivery, BucketSettings bucket) => delivery with { Bucket = bucket };

    public static PolicyTestResult Test(this PolicyDraft draft, Delivery delivery) => PolicyTest.Run(delivery, draft.Build(), PolicyDraft.For(delivery, PolicyTarget.Key).Build());

    public static PolicyTestResult TestKey(this PolicyDraft draft, Delivery delivery) => PolicyTest.Run(delivery, PolicyDraft.For(delivery).Build(), draft.Build());

    public static PolicyTestResult Test(this Delivery delivery) => PolicyDraft.For(delivery).Test(delivery);

    /// <summary>The only finding of a test.</summary>
    public static Finding Only(this PolicyTestResult result, string id)
    {
        var finding = Assert.Single(result.AllFindings);
        Assert.Equal(id, finding.Id);
        Assert.Equal(finding.SeverityValue == FindingSeverity.Blocks, result.Blocks);
        return finding;
    }

    public static IEnumerable<string> Ids(this PolicyTestResult result) => result.AllFindings.Select(f => f.Id);

    public static void Says(this Finding finding, params string[] words) => Assert.All(words, w => Assert.Contains(w, finding.Evidence, StringComparison.Ordinal));

    public static void Advises(this Finding finding, params string[] words) => Assert.All(words, w => Assert.Contains(w, finding.Remedy, StringComparison.Ordinal));
}
