using LogDelivery.Diagnosis;
using LogDelivery.Policies;
using LogDelivery.Sources;
using Xunit;

namespace LogDelivery.Tests.Diagnosis;

/// <summary>Calls to KMS that the key's policy refuses while the bucket's policy is right.</summary>
public sealed class KeyPolicyTests
{
    private const string Root = """{"Sid":"EnableIAM","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"kms:*","Resource":"*"}""";

    private static readonly Delivery EncryptedFlowLog = Sample.FlowLog with { KmsKeyArn = Sample.KeyArn };

    [Fact]
    public void The_documented_key_policy_is_right()
        => Assert.Empty(PolicyDraft.For(Sample.EncryptedTrail, PolicyTarget.Key).Add(Root).TestKey(Sample.EncryptedTrail).AllFindings);

    [Fact]
    [Finding("LD0030")]
    public void The_root_of_the_account_does_not_stand_for_a_service()
    {
        var finding = PolicyDraft.Empty(PolicyTarget.Key).Add(Root).TestKey(EncryptedFlowLog).Only("LD0030");
        finding.Says("No statement of the key policy lets delivery.logs.amazonaws.com do kms:Encrypt, kms:Decrypt, kms:ReEncrypt*, kms:GenerateDataKey*, kms:DescribeKey (it has 1).");
        finding.Advises($"Add to the policy of {Sample.KeyArn}", "AWSLogDeliveryKeyUse");
    }

    [Fact]
    public void An_action_is_missing()
        => PolicyDraft.For(EncryptedFlowLog, PolicyTarget.Key).Set(0, "Action", "\"kms:GenerateDataKey*\"").TestKey(EncryptedFlowLog).Only("LD0030")
            .Says("Statement[0]", "kms:Decrypt is not among them");

    [Fact]
    public void DescribeKey_needs_a_statement_without_encryption_context()
    {
        var finding = PolicyDraft.For(Sample.EncryptedTrail, PolicyTarget.Key).Without(1).TestKey(Sample.EncryptedTrail).Only("LD0030");
        finding.Says("kms:DescribeKey");
        finding.Advises("AWSCloudTrailDescribeKey");
    }

    [Fact]
    public void The_trail_was_renamed()
        => PolicyDraft.For(Sample.EncryptedTrail with { SourceArn = "arn:aws:cloudtrail:us-east-1:111122223333:trail/old" }, PolicyTarget.Key)
            .TestKey(Sample.EncryptedTrail).AllFindings.ToList()
            .ForEach(f =>
            {
                Assert.Equal("LD0030", f.Id);
                f.Says("trail/old, the trail is " + Sample.TrailArn);
            });

    [Fact]
    [Finding("LD0031")]
    public void The_encryption_context_has_another_account()
    {
        var finding = PolicyDraft.For(Sample.EncryptedTrail, PolicyTarget.Key)
            .Condition(0, """{"StringLike":{"kms:EncryptionContext:aws:cloudtrail:arn":"arn:aws:cloudtrail:*:444455556666:trail/*"}}""")
            .TestKey(Sample.EncryptedTrail).Only("LD0031");
        finding.Says("444455556666");
        finding.Advises("by arn:aws:cloudtrail:*:111122223333:trail/*");
    }

    [Fact]
    public void With_bucket_keys_the_context_is_the_bucket()
    {
        var delivery = EncryptedFlowLog.With(new BucketSettings { BucketKeyEnabled = true });
        PolicyDraft.For(delivery, PolicyTarget.Key)
            .Condition(0, """{"StringEquals":{"aws:SourceAccount":"111122223333"},"StringLike":{"kms:EncryptionContext:aws:s3:arn":"arn:aws:s3:::amzn-s3-demo-bucket/*"}}""")
            .TestKey(delivery).Only("LD0031").Says("with S3 Bucket Keys on it is the bucket's ARN arn:aws:s3:::amzn-s3-demo-bucket");
    }

    [Fact]
    public void Whether_bucket_keys_are_on_may_be_what_decides()
    {
        var finding = PolicyDraft.For(EncryptedFlowLog, PolicyTarget.Key)
            .Condition(0, """{"StringEquals":{"aws:SourceAccount":"111122223333"},"StringLike":{"kms:EncryptionContext:aws:s3:arn":"arn:aws:s3:::amzn-s3-demo-bucket/*"}}""")
            .TestKey(EncryptedFlowLog).Only("LD0063");
        finding.Advises("Say whether S3 Bucket Keys are on");
    }

    [Theory]
    [Finding("LD0032")]
    [InlineData("""{"StringNotEquals":{"aws:PrincipalOrgID":"o-exampleorgid"}}""", "carries no aws:PrincipalOrgID")]
    [InlineData("""{"NotIpAddress":{"aws:SourceIp":"203.0.113.0/24"}}""", "a value of AWS's own")]
    public void The_key_policy_denies(string condition, string words)
    {
        var finding = PolicyDraft.For(EncryptedFlowLog, PolicyTarget.Key).Deny(condition, "kms:*").TestKey(EncryptedFlowLog).Only("LD0032");
        finding.Says(words, "denies delivery.logs.amazonaws.com");
        finding.Advises("in the key policy");
    }

    [Fact]
    public void A_key_policy_that_may_not_be_read_is_unknown_and_no_fault()
    {
        var result = PolicyTest.Run(EncryptedFlowLog, PolicyDraft.For(EncryptedFlowLog).Build());
        Assert.Empty(result.AllFindings);
        Assert.True(result.IsUnknown);
        Assert.Contains(result.Calls, c => c.Call.Target == PolicyTarget.Key && c.Verdict == Verdict.Unknown);
    }

    [Fact]
    public void Bucket_and_key_are_judged_apart()
    {
        var result = PolicyTest.Run(EncryptedFlowLog, PolicyDocument.Empty(), PolicyDraft.For(EncryptedFlowLog, PolicyTarget.Key).Build());
        Assert.Equal(["LD0001", "LD0001", "LD0065"], result.Ids());
    }
}
