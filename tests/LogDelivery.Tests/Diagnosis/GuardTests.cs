using LogDelivery.Diagnosis;
using LogDelivery.Sources;
using Xunit;

namespace LogDelivery.Tests.Diagnosis;

/// <summary>What does not stop a delivery but is worth saying: missing guards, wide paths, old principals, open questions, noise.</summary>
public sealed class GuardTests
{
    public static TheoryData<string> Sources => [.. SourceCatalog.All.Select(s => s.Id)];

    /// <summary>The documentation's own policy is what all findings are measured by; it must be free of them.</summary>
    [Theory]
    [MemberData(nameof(Sources))]
    public void A_documented_policy_has_no_findings(string source)
    {
        var delivery = Sample.Of(source) with
        {
            BucketName = "aws-waf-logs-amzn-s3-demo",
            KmsKeyArn = Sample.KeyArn,
            RoleArn = "arn:aws:iam::111122223333:role/delivery",
        };
        delivery = source switch
        {
            "CloudTrail" => delivery with { SourceArn = Sample.TrailArn },
            "S3AccessLogs" => delivery with { SourceArn = "arn:aws:s3:::amzn-s3-demo-source-bucket" },
            _ => delivery,
        };
        var result = PolicyTest.Run(delivery, PolicyDraft.For(delivery).Build(), PolicyDraft.For(delivery, PolicyTarget.Key).Build());
        Assert.Empty(result.AllFindings);
        Assert.False(result.Blocks);
    }

    [Theory]
    [Finding("LD0060")]
    [InlineData(null)]
    [InlineData("""{"StringEquals":{"s3:x-amz-acl":"bucket-owner-full-control"}}""")]
    [InlineData("""{"StringLike":{"aws:SourceAccount":"*"}}""")]
    [InlineData("""{"ArnLike":{"aws:SourceArn":"arn:aws:logs:*:*:*"}}""")]
    public void No_condition_names_the_source(string? condition)
    {
        var finding = PolicyDraft.For(Sample.FlowLog).Condition(1, condition).Test(Sample.FlowLog).Only("LD0060");
        finding.Says("Statement[1] \"AWSLogDeliveryWrite\"", "for any account");
        finding.Advises("\"aws:SourceAccount\": \"111122223333\"", "Statement[1]");
    }

    [Theory]
    [InlineData("""{"StringEquals":{"aws:SourceAccount":"111122223333"}}""")]
    [InlineData("""{"StringEquals":{"aws:SourceAccount":["111122223333","444455556666"]}}""")]
    [InlineData("""{"ArnLike":{"aws:SourceArn":"arn:aws:logs:*:111122223333:*"}}""")]
    public void A_guard_of_any_kind_will_do(string condition)
        => Assert.Empty(PolicyDraft.For(Sample.FlowLog).Condition(1, condition).Test(Sample.FlowLog).AllFindings);

    [Fact]
    public void A_guard_may_be_a_deny()
        => Assert.Empty(PolicyDraft.For(Sample.FlowLog).Condition(1, null)
            .Deny("""{"StringNotEquals":{"aws:SourceAccount":"111122223333"},"Bool":{"aws:PrincipalIsAWSService":"true"}}""")
            .Test(Sample.FlowLog).AllFindings);

    [Fact]
    public void The_owner_of_the_bucket_is_no_guard()
    {
        var delivery = Sample.FlowLog.With(new() { AccountId = "111122223333" });
        PolicyDraft.For(delivery).Condition(1, """{"StringEquals":{"aws:ResourceAccount":"111122223333"}}""").Test(delivery).Only("LD0060").Says("are about the bucket");
    }

    [Fact]
    public void The_organization_of_the_bucket_is_no_guard()
    {
        var result = PolicyDraft.For(Sample.FlowLog).Condition(1, """{"StringEquals":{"aws:ResourceOrgID":"o-exampleorgid"}}""").Test(Sample.FlowLog);
        Assert.Equal(["LD0060", "LD0063"], result.Ids());
        result.AllFindings[1].Advises("guards nothing");
    }

    [Fact]
    public void A_second_statement_without_a_guard_undoes_the_first()
        => PolicyDraft.For(Sample.FlowLog)
            .Add("""{"Sid":"Open","Effect":"Allow","Principal":{"Service":"delivery.logs.amazonaws.com"},"Action":"s3:PutObject","Resource":"arn:aws:s3:::amzn-s3-demo-bucket/AWSLogs/*"}""")
            .Test(Sample.FlowLog).Only("LD0060").Says("Statement[3] \"Open\"");

    [Fact]
    public void A_key_policy_needs_a_guard_as_well()
    {
        var delivery = Sample.FlowLog with { KmsKeyArn = Sample.KeyArn };
        PolicyDraft.For(delivery, PolicyTarget.Key).Condition(0, null).TestKey(delivery).Only("LD0060").Says("kms:GenerateDataKey");
    }

    [Fact]
    public void The_encryption_context_of_a_trail_is_a_guard()
        => Assert.Empty(PolicyDraft.For(Sample.EncryptedTrail, PolicyTarget.Key)
            .Condition(0, """{"StringLike":{"kms:EncryptionContext:aws:cloudtrail:arn":"arn:aws:cloudtrail:*:111122223333:trail/*"}}""")
            .TestKey(Sample.EncryptedTrail).AllFindings);

    [Fact]
    [Finding("LD0061")]
    public void The_whole_bucket()
    {
        var finding = PolicyDraft.For(Sample.Trail).Set(1, "Resource", "\"arn:aws:s3:::amzn-s3-demo-bucket/*\"").Test(Sample.Trail).Only("LD0061");
        finding.Says("covers every key of the bucket", "AWSLogs/111122223333/* only");
        Assert.Equal(FindingSeverity.Warning, finding.SeverityValue);
    }

    [Fact]
    public void All_accounts_below_AWSLogs_are_no_finding()
        => Assert.Empty(PolicyDraft.For(Sample.Trail).Set(1, "Resource", "\"arn:aws:s3:::amzn-s3-demo-bucket/AWSLogs/*\"").Test(Sample.Trail).AllFindings);

    [Fact]
    [Finding("LD0062")]
    public void The_load_balancer_account_still_works()
    {
        var result = PolicyDraft.For(Sample.LoadBalancer).Set(0, "Principal", """{"AWS":"arn:aws:iam::127311923021:root"}""").Condition(0, null).Test(Sample.LoadBalancer);
        var finding = result.Only("LD0062");
        finding.Says("127311923021 is the load balancer account of us-east-1");
        finding.Advises("logdelivery.elasticloadbalancing.amazonaws.com");
        Assert.True(result.Passes);
    }

    [Fact]
    public void A_deny_of_the_service_principal_does_not_take_back_what_the_account_is_granted()
    {
        var result = PolicyDraft.For(Sample.LoadBalancer).Set(0, "Principal", """{"AWS":"127311923021"}""").Condition(0, null)
            .Deny("""{"StringNotEquals":{"aws:PrincipalServiceName":"cloudtrail.amazonaws.com"},"Bool":{"aws:PrincipalIsAWSService":"true"}}""")
            .Test(Sample.LoadBalancer);
        result.Only("LD0062");
    }

    [Fact]
    public void A_perimeter_hits_the_account_of_a_stranger_and_is_then_the_cause()
    {
        var result = PolicyDraft.For(Sample.LoadBalancer).Set(0, "Principal", """{"AWS":"127311923021"}""").Condition(0, null)
            .Deny("""{"StringNotEquals":{"aws:PrincipalOrgID":"o-exampleorgid"},"BoolIfExists":{"aws:PrincipalIsAWSService":"false"}}""")
            .Test(Sample.LoadBalancer);
        var finding = result.Only("LD0020");
        finding.Says("denies arn:aws:iam::127311923021:root");
        finding.Advises("\"StringNotEquals\": {\"aws:PrincipalAccount\": \"127311923021\"}");
    }

    [Theory]
    [Finding("LD0063")]
    [InlineData("""{"StringEquals":{"aws:SourceOrgID":"o-exampleorgid"}}""", "contested", "Do not rely on aws:SourceOrgID")]
    [InlineData("""{"StringEquals":{"aws:SourceArn":"arn:aws:cloudtrail:us-east-1:111122223333:trail/audit","aws:ResourceAccount":"111122223333"}}""", "not known", "the account that owns the bucket")]
    public void A_key_that_nobody_can_know(string condition, string evidence, string remedy)
    {
        var result = PolicyDraft.For(Sample.Trail).Condition(1, condition).Test(Sample.Trail);
        var finding = result.Only("LD0063");
        finding.Says(evidence, "Statement[1]");
        finding.Advises(remedy);
        Assert.True(result.IsUnknown);
    }

    [Fact]
    public void The_arn_was_not_given()
        => PolicyDraft.For(Sample.Trail).Test(Sample.Trail with { SourceArn = null }).AllFindings.ToList().ForEach(f =>
        {
            Assert.Equal("LD0063", f.Id);
            f.Advises("Give the ARN of the configuring resource");
        });

    [Fact]
    public void A_deny_on_an_unknown_key_is_a_warning_and_no_block()
    {
        var result = PolicyDraft.For(Sample.Trail).Deny("""{"StringNotEquals":{"aws:SourceOrgID":"o-exampleorgid"},"Bool":{"aws:PrincipalIsAWSService":"true"}}""").Test(Sample.Trail);
        Assert.All(result.AllFindings, f => Assert.Equal("LD0063", f.Id));
        Assert.False(result.Blocks);
        Assert.True(result.IsUnknown);
    }

    [Fact]
    [Finding("LD0064")]
    public void An_acl_condition_where_acls_are_off()
        => PolicyDraft.For(Sample.FlowLog).Test(Sample.FlowLog.With(new() { ObjectOwnership = ObjectOwnership.BucketOwnerEnforced })).Only("LD0064").Advises("newest object");

    [Theory]
    [InlineData(null)]
    [InlineData(ObjectOwnership.BucketOwnerPreferred)]
    public void An_acl_condition_where_acls_are_on_or_nothing_is_known(ObjectOwnership? ownership)
        => Assert.Empty(PolicyDraft.For(Sample.FlowLog).Test(Sample.FlowLog.With(new() { ObjectOwnership = ownership })).AllFindings);

    [Fact]
    public void Of_a_trail_nobody_has_reported_it()
        => Assert.Empty(Sample.Trail.With(new() { ObjectOwnership = ObjectOwnership.BucketOwnerEnforced }).Test().AllFindings);

    [Fact]
    [Finding("LD0065")]
    public void A_refused_probe_is_noise()
    {
        var result = PolicyDraft.For(Sample.FlowLog).Without(2).Test(Sample.FlowLog);
        var finding = result.Only("LD0065");
        Assert.Equal(FindingSeverity.Noise, finding.SeverityValue);
        Assert.True(result.Passes);
    }

    [Theory]
    [Finding("LD0067")]
    [InlineData("""{"Sid":"N","Effect":"Allow","Principal":{"AWS":"111122223333"},"NotAction":"s3:Delete*","Resource":"arn:aws:s3:::amzn-s3-demo-bucket/*"}""", "NotAction")]
    [InlineData("""{"Sid":"N","Effect":"Deny","NotPrincipal":{"Service":"delivery.logs.amazonaws.com"},"Action":"s3:PutObject","Resource":"arn:aws:s3:::amzn-s3-demo-bucket/*"}""", "NotPrincipal")]
    public void Negated_elements_keep_aws_from_adding_statements(string statement, string element)
    {
        var finding = PolicyDraft.For(Sample.FlowLog).Add(statement).Test(Sample.FlowLog).Only("LD0067");
        finding.Says($"Statement[3] \"N\" has {element}");
        Assert.Equal($"Statement[3].{element}", finding.Path);
        Assert.Empty(PolicyDraft.For(Sample.Trail).Add(statement.Replace("delivery.logs", "cloudtrail", StringComparison.Ordinal)).Test(Sample.Trail).AllFindings);
    }

    [Theory]
    [Finding("LD0068")]
    [InlineData(230, false)]
    [InlineData(270, true)]
    public void A_policy_that_is_nearly_full(int folders, bool reported)
    {
        var resources = string.Join(",", Enumerable.Range(0, folders).Select(i => $"\"arn:aws:s3:::amzn-s3-demo-bucket/team-{i:000}/AWSLogs/111122223333/*\""));
        var result = PolicyDraft.For(Sample.FlowLog).Set(1, "Resource", $"[\"arn:aws:s3:::amzn-s3-demo-bucket/AWSLogs/111122223333/*\",{resources}]").Test(Sample.FlowLog);
        Assert.Equal(reported ? ["LD0068"] : [], result.Ids());
    }
}
