using LogDelivery.Diagnosis;
using LogDelivery.Policies;
using Xunit;

namespace LogDelivery.Tests.Diagnosis;

/// <summary>Calls that no statement allows: each documented policy is spoilt in one place, and the finding names that place.</summary>
public sealed class MissingAllowTests
{
    [Fact]
    [Finding("LD0001")]
    public void A_statement_is_gone()
    {
        var finding = PolicyDraft.For(Sample.Trail).Without(1).Test(Sample.Trail).Only("LD0001");
        finding.Says("it has 1", "cloudtrail.amazonaws.com needs s3:PutObject", "AWSLogs/111122223333/*");
        finding.Advises("AWSCloudTrailWrite20150319", Sample.TrailArn);
        Assert.Equal(-1, finding.StatementIndex);
    }

    [Fact]
    public void A_statement_for_another_account_is_no_near_miss()
    {
        var policy = PolicyDraft.For(Sample.Trail)
            .Set(1, "Resource", $"\"{Sample.Bucket}/AWSLogs/444455556666/*\"")
            .Condition(1, """{"StringEquals":{"aws:SourceAccount":"444455556666"}}""");
        policy.Test(Sample.Trail).Only("LD0001").Says("Statement[1]", "for aws:SourceAccount 444455556666 only");
    }

    [Fact]
    public void A_statement_for_a_stranger_is_no_near_miss()
        => PolicyDraft.For(Sample.FlowLog).Test(Sample.Trail).AllFindings.ToList().ForEach(f => Assert.Equal("LD0001", f.Id));

    [Theory]
    [Finding("LD0002")]
    [InlineData("AWSLogs/444455556666/*", "names the account 444455556666, not 111122223333")]
    [InlineData("AWSLogs/111122223333", "ends without /*")]
    [InlineData("audit/AWSLogs/111122223333/*", "has the prefix \"audit\", but the delivery has none")]
    [InlineData("AWSLogs/aws-account-id=111122223333/*", "Hive-compatible partitions are off")]
    [InlineData("logs/*", "names the folder logs, not AWSLogs")]
    [InlineData("AWSLogs/111122223333/vpcflowlogs/*", "names the folder vpcflowlogs, not CloudTrail")]
    public void The_resource_is_another_path(string key, string words)
    {
        var result = PolicyDraft.For(Sample.Trail).Set(1, "Resource", $"\"{Sample.Bucket}/{key}\"").Test(Sample.Trail);
        Assert.All(result.AllFindings, f => Assert.Equal("LD0002", f.Id));
        result.AllFindings[0].Says("Statement[1]", words, "the effective key AWSLogs/111122223333/... is not covered");
        Assert.Equal("Statement[1].Resource", result.AllFindings[0].Path);
    }

    [Fact]
    public void The_resource_is_the_bucket_itself()
        => PolicyDraft.For(Sample.Trail).Set(1, "Resource", $"\"{Sample.Bucket}\"").Test(Sample.Trail).Only("LD0002").Says("the bucket itself, not its objects");

    [Fact]
    public void The_resource_is_the_objects_where_the_bucket_is_meant()
        => PolicyDraft.For(Sample.Trail).Set(0, "Resource", $"\"{Sample.Bucket}/*\"").Test(Sample.Trail).Only("LD0002").Says("s3:GetBucketAcl is done on the bucket itself");

    [Theory]
    [InlineData("cloudtrail", "lacks the key prefix \"cloudtrail\"", "cloudtrail/AWSLogs/111122223333/...")]
    [InlineData("cloudtrail/", "lacks the key prefix \"cloudtrail/\"", "cloudtrail/AWSLogs/111122223333/...")]
    public void The_prefix_is_missing(string prefix, string words, string key)
        => PolicyDraft.For(Sample.Trail).Test(Sample.Trail with { KeyPrefix = prefix }).Only("LD0002").Says(words, key);

    [Fact]
    public void The_prefix_is_another()
        => PolicyDraft.For(Sample.Trail with { KeyPrefix = "old" }).Test(Sample.Trail with { KeyPrefix = "new" }).Only("LD0002").Says("has the prefix \"old\", not \"new\"");

    [Fact]
    public void A_doubled_slash_is_not_covered()
    {
        var firewall = Sample.Of("NetworkFirewall");
        var result = PolicyDraft.For(firewall).Test(firewall with { KeyPrefix = "/" });
        Assert.Equal(["LD0002", "LD0056"], result.Ids());
        result.AllFindings[0].Says("//AWSLogs/111122223333/...");
    }

    [Fact]
    public void The_source_puts_no_slash_behind_the_prefix()
    {
        var delivery = Sample.AccessLog with { KeyPrefix = "logs" };
        PolicyDraft.For(delivery).Set(0, "Resource", $"\"{Sample.Bucket}/logs/*\"").Test(delivery).Only("LD0002")
            .Says("has a slash behind the prefix \"logs\", and the source puts none there");
    }

    [Fact]
    public void Hive_compatible_partitions_rename_the_account_folder()
        => PolicyDraft.For(Sample.FlowLog).Test(Sample.FlowLog with { HiveCompatiblePartitions = true }).Only("LD0002")
            .Says("Hive-compatible partitions are on and write to aws-account-id=111122223333");

    [Fact]
    public void Of_several_resources_the_one_that_comes_furthest_is_told()
        => PolicyDraft.For(Sample.Trail)
            .Set(1, "Resource", $"[\"{Sample.Bucket}/other/*\",\"{Sample.Bucket}/AWSLogs/444455556666/*\"]")
            .Test(Sample.Trail).Only("LD0002").Says("names the account 444455556666");

    [Fact]
    public void What_NotResource_leaves_out_is_told()
    {
        var policy = PolicyDraft.Empty()
            .Add("""{"Effect":"Allow","Principal":{"Service":"logdelivery.elasticloadbalancing.amazonaws.com"},"Action":"s3:PutObject","NotResource":"arn:aws:s3:::amzn-s3-demo-bucket/AWSLogs/*","Condition":{"ArnLike":{"aws:SourceArn":"arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/*"}}}""");
        policy.Test(Sample.LoadBalancer).Only("LD0002").Says("NotResource", "leaves out");
    }

    [Theory]
    [Finding("LD0003")]
    [InlineData("arn:aws:cloudtrail:us-east-1:111122223333:trail/old", "the trail is " + Sample.TrailArn)]
    [InlineData("arn:aws:cloudtrail:eu-west-1:111122223333:trail/audit", "(Region eu-west-1 instead of us-east-1)")]
    [InlineData("arn:aws:cloudtrail:us-east-1:444455556666:trail/audit", "(account 444455556666 instead of 111122223333)")]
    [InlineData("arn:aws-cn:cloudtrail:us-east-1:111122223333:trail/audit", "(partition aws-cn instead of aws)")]
    [InlineData("arn:aws:s3:::amzn-s3-demo-bucket", "(a resource of s3 instead of cloudtrail)")]
    public void The_source_arn_is_another(string arn, string words)
    {
        var finding = PolicyDraft.For(Sample.Trail)
            .Condition(1, $$$"""{"StringEquals":{"s3:x-amz-acl":"bucket-owner-full-control","aws:SourceArn":"{{{arn}}}"}}""")
            .Test(Sample.Trail).Only("LD0003");
        finding.Says($"Statement[1] \"AWSCloudTrailWrite20150319\": aws:SourceArn is {arn}, the trail is {Sample.TrailArn}", words);
        finding.Advises("Condition.StringEquals.aws:SourceArn of Statement[1]", $"replace {arn} by {Sample.TrailArn}");
        Assert.Equal("Statement[1].Condition.StringEquals.aws:SourceArn", finding.Path);
        Assert.Equal("AWSCloudTrailWrite20150319", finding.Sid);
    }

    [Fact]
    public void A_long_list_of_arns_is_shortened()
    {
        var arns = string.Join(",", Enumerable.Range(1, 9).Select(i => $"\"arn:aws:cloudtrail:us-east-1:111122223333:trail/t{i}\""));
        var finding = PolicyDraft.For(Sample.Trail).Condition(1, $$$"""{"ArnLike":{"aws:SourceArn":[{{{arns}}}]}}""").Test(Sample.Trail).AllFindings[0];
        finding.Says("trail/t3 or one of 6 more");
        finding.Advises($"Add {Sample.TrailArn} to Condition.ArnLike.aws:SourceArn");
    }

    [Fact]
    [Finding("LD0004")]
    public void The_source_account_is_another()
        => PolicyDraft.For(Sample.FlowLog)
            .Condition(1, """{"StringEquals":{"aws:SourceAccount":"444455556666"}}""")
            .Test(Sample.FlowLog).Only("LD0004").Says("aws:SourceAccount is 444455556666, the deliveries come from 111122223333");

    [Fact]
    public void The_source_organization_is_another()
    {
        var delivery = Sample.LoadBalancer with { OrganizationId = "o-exampleorgid" };
        PolicyDraft.For(delivery).Condition(0, """{"StringEquals":{"aws:SourceOrgID":"o-otherorg000"}}""").Test(delivery).Only("LD0004").Says("o-otherorg000", "o-exampleorgid");
    }

    [Theory]
    [Finding("LD0005")]
    [InlineData("AlbAccessLogs", "us-east-1", """{"Service":"delivery.logs.amazonaws.com"}""", "the writer of Application Load Balancer access logs is logdelivery.elasticloadbalancing.amazonaws.com")]
    [InlineData("AlbAccessLogs", "us-east-1", """{"AWS":"111122223333"}""", "no identity that writes")]
    [InlineData("AlbAccessLogs", "eu-west-1", """{"AWS":"arn:aws:iam::127311923021:root"}""", "the load balancer account of us-east-1")]
    [InlineData("CloudWatchLogsExport", "eu-west-1", """{"Service":"logs.us-east-1.amazonaws.com"}""", "in eu-west-1 the principal is logs.eu-west-1.amazonaws.com")]
    [InlineData("RedshiftAudit", "us-east-1", """{"AWS":"arn:aws:iam::391106570357:root"}""", "the old Redshift account of us-east-2")]
    public void The_principal_is_another(string source, string region, string principal, string words)
    {
        var delivery = Sample.Of(source) with { Region = region };
        var draft = PolicyDraft.For(delivery);
        for (var i = 0; i < delivery.Source.GetGrants(delivery).Count; i++)
        {
            draft.Set(i, "Principal", principal);
        }

        var result = draft.Test(delivery);
        Assert.All(result.AllFindings, f => Assert.Equal("LD0005", f.Id));
        result.AllFindings[^1].Says(words);
        result.AllFindings[^1].Advises("into the Principal of Statement[", "Else add a statement of its own");
    }

    [Theory]
    [Finding("LD0006")]
    [InlineData("aws:SourceArn", "arn:aws:cloudtrail:*:111122223333:trail/*", "ArnLike")]
    [InlineData("aws:SourceAccount", "1111*", "StringLike")]
    public void A_wildcard_under_StringEquals(string key, string value, string op)
    {
        var finding = PolicyDraft.For(Sample.Trail).Condition(1, $$$"""{"StringEquals":{"{{{key}}}":"{{{value}}}"}}""").Test(Sample.Trail).Only("LD0006");
        finding.Says("to which * is a plain character", value);
        finding.Advises($"from StringEquals to {op}");
    }

    [Fact]
    [Finding("LD0007")]
    public void An_acl_is_demanded_of_a_source_that_sends_none()
    {
        var finding = PolicyDraft.For(Sample.LoadBalancer).Condition(0, """{"StringEquals":{"s3:x-amz-acl":"bucket-owner-full-control"}}""").Test(Sample.LoadBalancer).Only("LD0007");
        finding.Says("sends no ACL header");
        finding.Advises("Remove s3:x-amz-acl from Condition.StringEquals of Statement[0]");
    }

    [Fact]
    public void Another_acl_is_demanded_than_the_one_that_is_sent()
        => PolicyDraft.For(Sample.FlowLog).Condition(1, """{"StringEquals":{"s3:x-amz-acl":"private"}}""").Test(Sample.FlowLog).Only("LD0007").Says("sends bucket-owner-full-control");

    [Theory]
    [Finding("LD0008")]
    [InlineData("""{"StringEquals":{"aws:PrincipalOrgID":"o-exampleorgid"}}""", "never carry it")]
    [InlineData("""{"ForAnyValue:StringLike":{"aws:PrincipalOrgPaths":"o-exampleorgid/*"}}""", "never carry it")]
    [InlineData("""{"StringEquals":{"aws:SourceVpce":"vpce-1234abcd"}}""", "never carry it")]
    [InlineData("""{"StringEquals":{"s3:x-amz-server-side-encryption":"AES256"}}""", "never carry it")]
    [InlineData("""{"IpAddress":{"aws:SourceIp":"203.0.113.0/24"}}""", "a value of AWS's own")]
    [InlineData("""{"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::111122223333:role/*"}}""", "a value of AWS's own")]
    public void A_key_is_demanded_that_is_never_there(string condition, string words)
    {
        var finding = PolicyDraft.For(Sample.Trail).Condition(1, condition).Test(Sample.Trail).Only("LD0008");
        finding.Says(words);
        finding.Advises("\"aws:SourceArn\"");
    }

    [Fact]
    [Finding("LD0009")]
    public void The_action_is_missing()
    {
        var finding = PolicyDraft.For(Sample.Trail).Set(1, "Action", "\"s3:PutObjectAcl\"").Test(Sample.Trail).Only("LD0009");
        finding.Says("Action is s3:PutObjectAcl, s3:PutObject is not among them");
        finding.Advises("Add \"s3:PutObject\" to the Action of Statement[1]");
    }

    [Theory]
    [Finding("LD0010")]
    [InlineData(2, "names the folder 111122223333, not the organization's o-exampleorgid")]
    [InlineData(1, "not that of the management account 111122223333")]
    public void One_path_of_an_organization_trail_is_missing(int without, string words)
        => PolicyDraft.For(Sample.OrganizationTrail).Without(without).Test(Sample.OrganizationTrail).Only("LD0010").Says(words);

    [Fact]
    public void One_member_of_an_organization_is_not_all()
        => PolicyDraft.For(Sample.OrganizationTrail)
            .Set(2, "Resource", $"\"{Sample.Bucket}/AWSLogs/o-exampleorgid/999988887777/*\"")
            .Test(Sample.OrganizationTrail).Only("LD0010").Says("covers only the account 999988887777");

    [Fact]
    [Finding("LD0011")]
    public void Digests_and_insights_go_beside_the_log_files()
    {
        var result = PolicyDraft.For(Sample.Trail).Set(1, "Resource", $"\"{Sample.Bucket}/AWSLogs/111122223333/CloudTrail/*\"").Test(Sample.Trail);
        Assert.Equal(["LD0011", "LD0011"], result.Ids());
        result.AllFindings[0].Says("stops at AWSLogs/111122223333/CloudTrail", "digest files to AWSLogs/111122223333/CloudTrail-Digest/...");
        Assert.Equal(Verdict.Allowed, result.Calls.Single(c => c.Call.Name == "log file").Verdict);
    }

    [Fact]
    [Finding("LD0012")]
    public void A_condition_that_no_other_rule_knows()
        => PolicyDraft.For(Sample.Trail).Condition(1, """{"Bool":{"aws:SecureTransport":"false"}}""").Test(Sample.Trail).Only("LD0012").Says("Bool aws:SecureTransport wants false, the request carries true");

    [Fact]
    [Finding("LD0066")]
    public void The_resource_is_in_another_bucket()
        => PolicyDraft.For(Sample.Trail with { BucketName = "amzn-s3-demo-other" }).Without(0).Add(PolicyDraftStatement.AclCheck).Test(Sample.Trail).Only("LD0066").Says("amzn-s3-demo-other");

    [Fact]
    public void The_resource_is_in_another_partition()
        => PolicyDraft.For(Sample.Trail).Set(1, "Resource", "\"arn:aws-cn:s3:::amzn-s3-demo-bucket/AWSLogs/111122223333/*\"").Test(Sample.Trail).Only("LD0066").Says("arn:aws-cn:s3");

    [Fact]
    public void Two_misses_are_both_told_and_both_mended()
    {
        var finding = PolicyDraft.For(Sample.Trail)
            .Set(1, "Resource", $"\"{Sample.Bucket}/AWSLogs/111122223333/*\"")
            .Condition(1, """{"StringEquals":{"aws:SourceArn":"arn:aws:cloudtrail:us-east-1:111122223333:trail/old"}}""")
            .Test(Sample.Trail with { KeyPrefix = "audit" }).Only("LD0002");
        finding.Says("lacks the key prefix \"audit\"", "Besides, aws:SourceArn is");
        finding.Advises("change the Resource of Statement[1]", "replace", "Else add a statement of its own");
    }

    [Fact]
    public void A_policy_that_is_not_known_has_no_findings()
    {
        var result = PolicyTest.Run(Sample.Trail, null);
        Assert.Empty(result.AllFindings);
        Assert.True(result.IsUnknown);
    }
}

internal static class PolicyDraftStatement
{
    public const string AclCheck = """{"Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},"Action":"s3:GetBucketAcl","Resource":"arn:aws:s3:::amzn-s3-demo-bucket","Condition":{"StringEquals":{"aws:SourceAccount":"111122223333"}}}""";
}
