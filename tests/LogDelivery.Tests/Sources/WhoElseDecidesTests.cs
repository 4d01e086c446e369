using LogDelivery.Policies;
using LogDelivery.Sources;
using Xunit;

namespace LogDelivery.Tests.Sources;

/// <summary>Calls that the document alone does not decide: those of roles and of grantees of an ACL.</summary>
public class WhoElseDecidesTests
{
    private const string ServiceLinkedRole = "arn:aws:iam::111122223333:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig";

    [Theory]
    [InlineData("CloudFrontLegacy", "log file")]
    [InlineData("SpotDataFeed", "data file")]
    public void A_grantee_of_the_ACL_needs_no_statement(string id, string name)
    {
        var call = Sample.Of(id).Call(name);
        Assert.Equal("the bucket's ACL", call.AllowedElsewhere);
        Assert.Equal("FULL_CONTROL", call.Grant.AclPermission);
        Assert.Equal(PrincipalType.CanonicalUser, call.Request.Principal.Type);
        Assert.True(Sample.Source(id).Constraints.RequiresAcls);
    }

    [Fact]
    public void Only_grantees_of_the_ACL_have_a_grant_in_it()
        => Assert.Equal(
            ["CloudFrontLegacy", "SpotDataFeed"],
            SourceCatalog.All.Where(s => s.GetRequiredCalls(Sample.Of(s.Id)).Any(c => c.Grant.AclPermission is not null)).Select(s => s.Id));

    [Theory]
    [InlineData("CloudFrontLegacy")]
    [InlineData("SpotDataFeed")]
    public void A_grant_in_the_ACL_is_no_statement_of_a_policy(string id) => Assert.Empty(Sample.Source(id).GetGrants(Sample.Of(id)));

    [Fact]
    public void The_grantee_of_Spot_is_not_guessed()
        => Assert.DoesNotContain(Sample.Of("SpotDataFeed").Call("data file").Request.Principal.Id, char.IsAsciiDigit);

    [Theory]
    [InlineData("CloudFrontLegacy")]
    [InlineData("SpotDataFeed")]
    public void The_key_of_a_grantee_is_used_by_the_log_service(string id)
    {
        var delivery = Sample.Of(id) with { KmsKeyArn = Sample.Key };
        var calls = delivery.Source.GetRequiredCalls(delivery).Where(c => c.Target == PolicyTarget.Key).ToArray();
        Assert.NotEmpty(calls);
        Assert.All(calls, c => Assert.Equal("delivery.logs.amazonaws.com", c.Request.Principal.Id));
        Assert.All(calls, c => Assert.Null(c.AllowedElsewhere));
    }

    [Fact]
    public void CloudFront_decrypts_only_with_a_bucket_key()
    {
        var delivery = Sample.Of("CloudFrontLegacy") with { KmsKeyArn = Sample.Key };
        string[] Actions(bool? bucketKey) => [.. delivery.Source.GetRequiredCalls(delivery with { Bucket = new() { BucketKeyEnabled = bucketKey } }).Where(c => c.Target == PolicyTarget.Key).Select(c => c.Request.Action)];
        Assert.Equal(["kms:GenerateDataKey"], Actions(false));
        Assert.Equal(["kms:GenerateDataKey", "kms:Decrypt"], Actions(true));
    }

    [Fact]
    public void The_role_of_a_stream_decides_in_its_own_account()
    {
        var calls = Firehose(Sample.Account);
        Assert.All(calls, c => Assert.Equal("the role's own policy", c.AllowedElsewhere));
        Assert.All(calls, c => Assert.Null(c.AlsoNeeds));
        Assert.DoesNotContain(calls, c => c.Request.Action == "s3:PutObjectAcl");
    }

    [Fact]
    public void The_role_of_a_stream_needs_both_policies_in_another_account()
    {
        var calls = Firehose(Sample.OtherAccount);
        Assert.All(calls, c => Assert.Null(c.AllowedElsewhere));
        Assert.All(calls, c => Assert.Equal("the role's own policy", c.AlsoNeeds));
        Assert.Contains(calls, c => c.Request.Action == "s3:PutObjectAcl");
    }

    [Fact]
    public void No_policy_of_a_role_replaces_that_of_the_key()
    {
        var delivery = Sample.Of("Firehose") with { KmsKeyArn = Sample.Key };
        var call = delivery.Call("data key");
        Assert.Null(call.AllowedElsewhere);
        Assert.Null(call.AlsoNeeds);
        Assert.Equal(["s3.us-east-1.amazonaws.com"], call.Context("kms:ViaService").Values);
        Assert.Equal("the role's own policy", (delivery with { KmsKeyArn = Sample.Key.Replace(Sample.Account, Sample.OtherAccount, StringComparison.Ordinal) }).Call("data key").AlsoNeeds);
    }

    [Fact]
    public void A_role_may_have_tags_and_an_organization_where_a_service_has_none()
    {
        var role = Sample.Of("Firehose").Call("data file");
        var service = Sample.Of("CloudTrail").Call("log file");
        Assert.Equal((ContextKnowledge.Unknown, ContextKnowledge.Absent), (role.Context("aws:PrincipalTag/team").Knowledge, service.Context("aws:PrincipalTag/team").Knowledge));
        Assert.Equal((ContextKnowledge.Unknown, ContextKnowledge.Absent), (role.Context("aws:PrincipalOrgID").Knowledge, service.Context("aws:PrincipalOrgID").Knowledge));
        Assert.Equal((ContextKnowledge.Absent, ContextKnowledge.Like), (role.Context("aws:SourceArn").Knowledge, service.Context("aws:SourceArn").Knowledge));
        Assert.Equal(["false"], role.Context("aws:PrincipalIsAWSService").Values);
    }

    [Fact]
    public void Without_a_role_Config_is_judged_by_its_service_principal()
    {
        var call = Sample.Of("Config").Call("history file");
        Assert.Null(call.AllowedElsewhere);
        Assert.Null(call.AlternativeRequest);
    }

    [Fact]
    public void A_service_linked_role_leaves_Config_to_the_service_principal()
    {
        var call = (Sample.Of("Config") with { RoleArn = ServiceLinkedRole }).Call("history file");
        Assert.Null(call.AllowedElsewhere);
        Assert.Null(call.AlternativeRequest);
    }

    [Theory]
    [InlineData(Sample.Account, "the role's own policy")]
    [InlineData(Sample.OtherAccount, null)]
    public void A_role_of_Configs_own_is_the_other_way_in(string owner, string? elsewhere)
    {
        var call = (Sample.Of("Config") with { RoleArn = Sample.Role, Bucket = new() { AccountId = owner } }).Call("history file");
        var policy = Sample.Bucket($$"""{"Effect":"Allow","Principal":{"AWS":"{{Sample.Role}}"},"Action":"s3:PutObject","Resource":"arn:aws:s3:::amzn-s3-demo-bucket/*"}""");
        Assert.Equal(elsewhere, call.AllowedElsewhere);
        Assert.Equal(Verdict.Allowed, policy.Evaluate(call.AlternativeRequest!).Verdict);
        Assert.Equal(Verdict.ImplicitDeny, policy.Judge(call));
    }

    [Theory]
    [InlineData("VpcFlowLogs", "HeadBucket probe")]
    [InlineData("MskBrokerLogs", "HeadBucket probe")]
    [InlineData("Config", "existence check")]
    public void The_listing_of_the_bucket_is_noise(string id, string name)
    {
        Assert.True(Sample.Of(id).Call(name).IsOptional);
        Assert.DoesNotContain("s3:ListBucket", Sample.Source(id).Calls);
    }

    [Theory]
    [InlineData("GuardDuty", "s3:GetBucketLocation")]
    [InlineData("Macie", "s3:GetBucketLocation")]
    [InlineData("Inspector", "s3:PutObjectAcl")]
    [InlineData("Inspector", "s3:AbortMultipartUpload")]
    [InlineData("ComputeOptimizer", "s3:GetBucketPolicyStatus")]
    [InlineData("CostAndUsageReport", "s3:GetBucketPolicy")]
    [InlineData("RedshiftAudit", "s3:GetBucketAcl")]
    public void Calls_beside_the_write_are_needed(string id, string action) => Assert.Contains(action, Sample.Source(id).Calls);

    [Theory]
    [InlineData("S3AccessLogs", "kms:GenerateDataKey", "kms:Decrypt")]
    [InlineData("GuardDuty", "kms:GenerateDataKey")]
    [InlineData("Macie", "kms:GenerateDataKey", "kms:Encrypt")]
    [InlineData("Waf", "kms:GenerateDataKey*")]
    [InlineData("VpcFlowLogs", "kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey")]
    [InlineData("AlbAccessLogs")]
    [InlineData("RedshiftAudit")]
    public void The_key_policy_holds_what_the_page_lists(string id, params string[] actions)
    {
        var delivery = Sample.Of(id) with { KmsKeyArn = Sample.Key };
        Assert.Equal(actions, delivery.Source.GetGrants(delivery).Where(g => g.Target == PolicyTarget.Key).SelectMany(g => g.Actions));
    }

    private static RequiredCall[] Firehose(string owner)
    {
        var delivery = Sample.Of("Firehose") with { Bucket = new() { AccountId = owner } };
        return [.. delivery.Source.GetRequiredCalls(delivery)];
    }
}
