using LogDelivery.Policies;
using LogDelivery.Sources;
using Xunit;

namespace LogDelivery.Tests.Sources;

public class LegacyAccountTests
{
    private const string Write = "\"Action\":\"s3:PutObject\",\"Resource\":\"arn:aws:s3:::amzn-s3-demo-bucket/AWSLogs/111122223333/*\"";

    [Theory]
    [InlineData("us-east-1", "127311923021")]
    [InlineData("eu-west-3", "009996457667")]
    [InlineData("ap-southeast-3", "589379963580")]
    [InlineData("us-gov-east-1", "190560391635")]
    [InlineData("cn-northwest-1", "037604701340")]
    [InlineData("us-isob-east-1", "740734521339")]
    public void Load_balancers_have_an_account_in_a_Region_of_before_2022(string region, string account)
    {
        Assert.Equal(account, ElbAccounts.Table.ForRegion(region));
        Assert.True(ElbAccounts.Table.Contains(account));
    }

    [Theory]
    [InlineData("ap-east-2")]
    [InlineData("ap-south-2")]
    [InlineData("ap-southeast-4")]
    [InlineData("ap-southeast-5")]
    [InlineData("ap-southeast-7")]
    [InlineData("ca-west-1")]
    [InlineData("eu-central-2")]
    [InlineData("eu-south-2")]
    [InlineData("il-central-1")]
    [InlineData("me-central-1")]
    [InlineData("mx-central-1")]
    public void Load_balancers_have_no_account_in_a_newer_Region(string region)
    {
        Assert.Null(ElbAccounts.Table.ForRegion(region));
        Assert.Null((Sample.Of("AlbAccessLogs") with { Region = region }).Call("log file").AlternativeRequest);
    }

    [Theory]
    [InlineData("us-east-1", "193672423079")]
    [InlineData("ap-northeast-3", "090321488786")]
    [InlineData("me-south-1", "013126148197")]
    public void Redshift_has_an_account_per_Region(string region, string account)
    {
        Assert.Equal(account, RedshiftAccounts.Table.ForRegion(region));
        Assert.True(RedshiftAccounts.Table.Contains(account));
        Assert.Null(RedshiftAccounts.Table.ForRegion("us-gov-west-1"));
    }

    [Fact]
    public void CloudTrail_has_an_account_per_Region_and_one_of_which_the_Region_is_not_sure()
    {
        Assert.Equal("086441151436", CloudTrailAccounts.Table.ForRegion("us-east-1"));
        Assert.Equal("113285607260", CloudTrailAccounts.Table.ForRegion("us-west-2"));
        Assert.Null(CloudTrailAccounts.Table.ForRegion("us-east-2"));
        Assert.True(CloudTrailAccounts.Table.Contains("475085895292"));
        Assert.DoesNotContain("475085895292", CloudTrailAccounts.Table.All.Values);
    }

    [Fact]
    public void The_tables_hold_every_row_once_and_account_ids_only()
    {
        Assert.Equal((29, 21, 13), (ElbAccounts.Table.All.Count, RedshiftAccounts.Table.All.Count, CloudTrailAccounts.Table.All.Count));
        var ids = ElbAccounts.Table.All.Values.Concat(RedshiftAccounts.Table.All.Values).Concat(CloudTrailAccounts.Table.All.Values).ToArray();
        Assert.All(ids, id => Assert.True(Arn.IsAccountId(id), id));
        Assert.Equal(ids.Length, ids.Distinct().Count());
    }

    [Fact]
    public void An_account_of_somebody_else_is_in_no_table()
        => Assert.False(ElbAccounts.Table.Contains(Sample.Account) || RedshiftAccounts.Table.Contains(null) || CloudTrailAccounts.Table.Contains("127311923021"));

    [Theory]
    [InlineData("AlbAccessLogs", "arn:aws:iam::127311923021:root")]
    [InlineData("AlbAccessLogs", "127311923021")]
    [InlineData("ClbAccessLogs", "arn:aws:iam::127311923021:root")]
    [InlineData("RedshiftAudit", "arn:aws:iam::193672423079:root")]
    public void A_policy_for_the_legacy_account_allows_the_alternative_request_only(string id, string principal)
    {
        var policy = Sample.Bucket($$"""{"Effect":"Allow","Principal":{"AWS":"{{principal}}"},{{Write}}}""");
        var call = Sample.Of(id).Source.GetRequiredCalls(Sample.Of(id)).First(c => c.Request.Action == "s3:PutObject");
        Assert.Equal(Verdict.Allowed, policy.Evaluate(call.AlternativeRequest!).Verdict);
        Assert.Equal(Verdict.ImplicitDeny, policy.Judge(call));
    }

    [Fact]
    public void The_legacy_account_of_another_Region_is_not_allowed()
    {
        var policy = Sample.Bucket($$"""{"Effect":"Allow","Principal":{"AWS":"{{ElbAccounts.Table.ForRegion("us-west-2")}}"},{{Write}}}""");
        var call = Sample.Of("AlbAccessLogs").Call("log file");
        Assert.Equal(Verdict.ImplicitDeny, policy.Evaluate(call.AlternativeRequest!).Verdict);
    }

    [Fact]
    public void The_legacy_principal_has_the_partition_of_its_Region()
    {
        var call = (Sample.Of("AlbAccessLogs") with { Region = "us-gov-west-1" }).Call("log file");
        Assert.Equal("arn:aws-us-gov:iam::048591011584:root", call.AlternativeRequest!.Principal.Id);
    }

    [Theory]
    [InlineData("\"StringNotEquals\":{\"aws:PrincipalOrgID\":\"o-mine\"}", Verdict.ExplicitDeny)]
    [InlineData("\"StringNotEquals\":{\"aws:SourceVpce\":\"vpce-1\"}", Verdict.ExplicitDeny)]
    [InlineData("\"StringNotEquals\":{\"aws:PrincipalAccount\":\"127311923021\"}", Verdict.Allowed)]
    [InlineData("\"StringNotEquals\":{\"aws:PrincipalOrgID\":\"o-mine\"},\"BoolIfExists\":{\"aws:PrincipalIsAWSService\":\"false\"}", Verdict.ExplicitDeny)]
    [InlineData("\"ArnNotLike\":{\"aws:SourceArn\":\"arn:aws:elasticloadbalancing:*:*:loadbalancer/*\"}", Verdict.Unknown)]
    public void To_a_data_perimeter_the_legacy_account_is_a_stranger(string condition, Verdict verdict)
    {
        var policy = Sample.Bucket($$"""
            {"Effect":"Allow","Principal":{"AWS":"127311923021"},{{Write}}},
            {"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::amzn-s3-demo-bucket/*","Condition":{ {{condition}} } }
            """);
        Assert.Equal(verdict, policy.Evaluate(Sample.Of("AlbAccessLogs").Call("log file").AlternativeRequest!).Verdict);
    }

    [Fact]
    public void Sources_without_legacy_account_have_no_alternative()
        => Assert.All(
            SourceCatalog.All.Select(s => s.Id).Except(["AlbAccessLogs", "ClbAccessLogs", "RedshiftAudit"]),
            id => Assert.All(Sample.Of(id).Source.GetRequiredCalls(Sample.Of(id)), c => Assert.Null(c.AlternativeRequest)));
}
