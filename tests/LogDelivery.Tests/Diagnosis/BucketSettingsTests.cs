using LogDelivery.Diagnosis;
using LogDelivery.Sources;
using Xunit;

namespace LogDelivery.Tests.Diagnosis;

/// <summary>Settings of bucket and key that stop deliveries whatever the policies say. What is not known is never held against anybody.</summary>
public sealed class BucketSettingsTests
{
    private const string KeyId = "1234abcd-12ab-34cd-56ef-1234567890ab";

    public static TheoryData<string> Sources => [.. SourceCatalog.All.Select(s => s.Id)];

    [Theory]
    [MemberData(nameof(Sources))]
    public void Unknown_settings_have_no_findings(string source)
        => Assert.Empty(Inspect(Given(source)));

    [Theory]
    [Finding("LD0040")]
    [InlineData("VpcFlowLogs", BucketEncryption.AwsManagedKey, null)]
    [InlineData("S3AccessLogs", BucketEncryption.AwsManagedKey, null)]
    [InlineData("CloudTrail", BucketEncryption.AwsManagedKey, null)]
    [InlineData("VpcFlowLogs", BucketEncryption.SseKms, "alias/aws/s3")]
    [InlineData("VpcFlowLogs", BucketEncryption.SseKms, "arn:aws:kms:us-east-1:111122223333:alias/aws/s3")]
    public void The_aws_managed_key(string source, BucketEncryption encryption, string? key)
        => Only("LD0040", source, new() { Encryption = encryption, KmsKeyId = key }).Advises("customer managed key by its full ARN");

    [Fact]
    public void A_trail_with_a_key_of_its_own_does_not_care_for_the_default()
        => Assert.Empty(Inspect(Sample.EncryptedTrail.With(new() { Encryption = BucketEncryption.AwsManagedKey })));

    [Fact]
    public void A_role_can_use_the_aws_managed_key()
        => Assert.Empty(Inspect(Given("Firehose").With(new() { Encryption = BucketEncryption.AwsManagedKey })));

    [Theory]
    [Finding("LD0041")]
    [InlineData(KeyId)]
    [InlineData("alias/logs")]
    [InlineData("mrk-1234abcd12ab34cd56ef1234567890ab")]
    public void The_key_by_id_or_alias(string key)
        => Only("LD0041", "VpcFlowLogs", new() { Encryption = BucketEncryption.SseKms, KmsKeyId = key }).Says($"\"{key}\"", "the account of the writer");

    [Fact]
    public void The_key_by_arn_is_right()
        => Assert.Empty(Inspect(Sample.FlowLog.With(new() { Encryption = BucketEncryption.SseKms, KmsKeyId = Sample.KeyArn, Region = "us-east-1", KeyState = "Enabled" })));

    [Theory]
    [Finding("LD0042")]
    [InlineData("arn:aws:kms:eu-west-1:111122223333:key/" + KeyId, null)]
    [InlineData(null, "arn:aws:kms:eu-west-1:111122223333:key/" + KeyId)]
    public void The_key_in_another_region(string? keyArn, string? bucketKey)
    {
        var delivery = Sample.FlowLog with { KmsKeyArn = keyArn, Bucket = new() { Region = "us-east-1", Encryption = BucketEncryption.SseKms, KmsKeyId = bucketKey } };
        Only("LD0042", delivery).Says("is in eu-west-1", "in us-east-1");
    }

    [Theory]
    [Finding("LD0043")]
    [InlineData("Disabled", "Enable the key")]
    [InlineData("PendingDeletion", "Cancel the deletion")]
    [InlineData("PendingImport", "Import the key material")]
    [InlineData("Unavailable", "Bring the key back")]
    public void The_state_of_the_key(string state, string words)
        => Only("LD0043", Sample.EncryptedTrail.With(new() { KeyState = state })).Advises(words);

    [Theory]
    [InlineData("Enabled")]
    [InlineData("Updating")]
    public void A_key_that_can_be_used(string state)
        => Assert.Empty(Inspect(Sample.EncryptedTrail.With(new() { KeyState = state })));

    [Theory]
    [Finding("LD0044")]
    [InlineData("AlbAccessLogs", BucketEncryption.SseKms)]
    [InlineData("AlbAccessLogs", BucketEncryption.AwsManagedKey)]
    [InlineData("AlbAccessLogs", BucketEncryption.DsseKms)]
    [InlineData("ClbAccessLogs", BucketEncryption.SseKms)]
    [InlineData("RedshiftAudit", BucketEncryption.SseKms)]
    [InlineData("CloudWatchLogsExport", BucketEncryption.DsseKms)]
    public void An_encryption_that_does_not_work(string source, BucketEncryption encryption)
        => Only("LD0044", source, new() { Encryption = encryption }).Advises("SSE-S3");

    [Theory]
    [Finding("LD0045")]
    [InlineData("GuardDuty")]
    [InlineData("Macie")]
    public void A_key_is_mandatory(string source)
        => Only("LD0045", Given(source) with { KmsKeyArn = null }).Says("mandatory");

    [Fact]
    [Finding("LD0046")]
    public void Another_region()
        => Only("LD0046", "AlbAccessLogs", new() { Region = "eu-west-1" }).Says("in eu-west-1", "in us-east-1");

    [Fact]
    public void A_trail_goes_anywhere()
        => Assert.Empty(Inspect(Sample.Trail.With(new() { Region = "eu-west-1", AccountId = "444455556666" })));

    [Fact]
    [Finding("LD0047")]
    public void Another_account()
        => Only("LD0047", "S3AccessLogs", new() { AccountId = "444455556666" }).Says("belongs to 444455556666");

    [Theory]
    [Finding("LD0048")]
    [InlineData("S3AccessLogs", false, true)]
    [InlineData("Config", true, true)]
    [InlineData("RedshiftAudit", true, false)]
    [InlineData("SsmDataSync", true, false)]
    public void Object_lock(string source, bool enabled, bool retention)
        => Only("LD0048", source, new() { ObjectLockEnabled = enabled, ObjectLockDefaultRetention = retention });

    [Theory]
    [InlineData("S3AccessLogs", true, false)]
    [InlineData("CloudTrail", true, true)]
    public void Object_lock_that_does_no_harm(string source, bool enabled, bool retention)
        => Assert.Empty(Inspect(Given(source).With(new() { ObjectLockEnabled = enabled, ObjectLockDefaultRetention = retention })));

    [Theory]
    [Finding("LD0049")]
    [InlineData("CloudTrail")]
    [InlineData("S3AccessLogs")]
    [InlineData("ComputeOptimizer")]
    public void Requester_pays(string source)
        => Only("LD0049", source, new() { RequesterPays = true }).Advises("BucketOwner");

    [Theory]
    [Finding("LD0050")]
    [InlineData("CloudFrontLegacy", ObjectOwnership.BucketOwnerEnforced)]
    [InlineData("SpotDataFeed", ObjectOwnership.BucketOwnerEnforced)]
    [InlineData("BedrockInvocation", ObjectOwnership.ObjectWriter)]
    public void Object_ownership(string source, ObjectOwnership ownership)
        => Only("LD0050", source, new() { ObjectOwnership = ownership }).Says(ownership.ToString());

    [Theory]
    [Finding("LD0051")]
    [InlineData("Waf", "amzn-s3-demo-bucket", "aws-waf-logs-")]
    [InlineData("CloudFrontV2", "amzn.s3.demo", "a dot")]
    public void The_name_of_the_bucket(string source, string name, string words)
        => Only("LD0051", Sample.Of(source) with { BucketName = name }).Says(words);

    [Theory]
    [Finding("LD0052")]
    [InlineData("CloudTrail", "audit/AWSLogs", "AWSLogs")]
    [InlineData("AlbAccessLogs", "AWSLogs/111122223333", "AWSLogs")]
    [InlineData("CloudTrail", "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890", "it may have 200")]
    public void The_prefix(string source, string prefix, string words)
        => Only("LD0052", Given(source) with { KeyPrefix = prefix }).Says(words);

    [Theory]
    [Finding("LD0053")]
    [InlineData("CloudFrontLegacy")]
    [InlineData("SpotDataFeed")]
    public void A_region_that_has_to_be_opted_in_to(string source)
        => Only("LD0053", source, new() { Region = "eu-central-2" }).Says("eu-central-2");

    [Fact]
    [Finding("LD0054")]
    public void A_bucket_that_logs_into_itself()
        => Only("LD0054", Sample.AccessLog with { SourceArn = Sample.Bucket }).Says("logged in turn");

    [Fact]
    [Finding("LD0055")]
    public void Dual_layer_encryption_is_only_a_warning_where_nothing_is_documented()
        => Assert.Equal(FindingSeverity.Warning, Only("LD0055", "VpcFlowLogs", new() { Encryption = BucketEncryption.DsseKms }).SeverityValue);

    [Theory]
    [Finding("LD0056")]
    [InlineData("NetworkFirewall", "/", "//AWSLogs/111122223333/")]
    [InlineData("GlobalAccelerator", "flow/", "flow//AWSLogs/111122223333/")]
    [InlineData("CloudTrail", "/audit", "/audit/AWSLogs/111122223333/")]
    public void A_slash_at_an_end_of_the_prefix(string source, string prefix, string words)
        => Only("LD0056", Given(source) with { KeyPrefix = prefix }).Says(words);

    [Theory]
    [InlineData("VpcFlowLogs", "flow/")]
    [InlineData("S3AccessLogs", "logs/")]
    [InlineData("ResolverQueryLogs", "dns/")]
    public void A_slash_that_belongs_there(string source, string prefix)
        => Assert.Empty(Inspect(Given(source) with { KeyPrefix = prefix }));

    /// <summary>A delivery that is complete enough for every source.</summary>
    private static Delivery Given(string source)
    {
        var delivery = Sample.Of(source);
        delivery = source switch
        {
            "CloudTrail" => Sample.Trail,
            "S3AccessLogs" => Sample.AccessLog,
            "Waf" => delivery with { BucketName = "aws-waf-logs-demo" },
            _ => delivery,
        };
        return delivery with
        {
            KmsKeyArn = delivery.Source.Constraints.RequiresKmsKey ? Sample.KeyArn : null,
            RoleArn = delivery.Source.Family == DeliveryFamily.CustomerRole ? "arn:aws:iam::111122223333:role/delivery" : null,
        };
    }

    private static Finding Only(string id, string source, BucketSettings bucket) => Only(id, Given(source).With(bucket));

    private static Finding Only(string id, Delivery delivery)
    {
        var finding = Assert.Single(Inspect(delivery));
        Assert.Equal(id, finding.Id);
        Assert.Equal(-1, finding.StatementIndex);
        return finding;
    }

    private static IReadOnlyList<Finding> Inspect(Delivery delivery) => PolicyTest.Run(delivery, null).Findings;
}
