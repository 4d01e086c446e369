using LogDelivery.Policies;
using LogDelivery.Sources;
using Xunit;

namespace LogDelivery.Tests.Sources;

public class KeyLayoutTests
{
    [Theory]
    [InlineData("CloudTrail")]
    [InlineData("AlbAccessLogs")]
    [InlineData("ClbAccessLogs")]
    [InlineData("NlbAccessLogs")]
    [InlineData("VpcFlowLogs")]
    [InlineData("Config")]
    public void A_prefix_means_the_same_with_and_without_slash(string id)
    {
        var plain = Sample.Of(id) with { KeyPrefix = "x" };
        Assert.Equal(plain.Keys(), (plain with { KeyPrefix = "x/" }).Keys());
        Assert.All(plain.Keys(), k => Assert.StartsWith("x/AWSLogs/111122223333/", k, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("NetworkFirewall", "/", "//AWSLogs/")]
    [InlineData("NetworkFirewall", "x/", "x//AWSLogs/")]
    [InlineData("NetworkFirewall", "x", "x/AWSLogs/")]
    [InlineData("NetworkFirewall", null, "AWSLogs/")]
    [InlineData("GlobalAccelerator", "/", "//AWSLogs/")]
    [InlineData("GlobalAccelerator", "", "AWSLogs/")]
    public void Some_services_double_a_slash(string id, string? prefix, string start)
        => Assert.All((Sample.Of(id) with { KeyPrefix = prefix }).Keys(), k => Assert.StartsWith(start, k, StringComparison.Ordinal));

    [Fact]
    public void A_doubled_slash_leaves_the_policy_behind()
    {
        var policy = Sample.Policy(Sample.Of("NetworkFirewall").Source.GetGrants(Sample.Of("NetworkFirewall")), PolicyTarget.Bucket);
        Assert.Equal(Verdict.Allowed, policy.Judge(Sample.Of("NetworkFirewall").Call("flow log file")));
        Assert.Equal(Verdict.ImplicitDeny, policy.Judge((Sample.Of("NetworkFirewall") with { KeyPrefix = "/" }).Call("flow log file")));
    }

    [Theory]
    [InlineData("logs", "logs2026-01-31")]
    [InlineData("logs/", "logs/2026-01-31")]
    [InlineData(null, "2026-01-31")]
    public void The_date_of_S3_access_logs_follows_the_prefix_directly(string? prefix, string start)
        => Assert.StartsWith(start, Assert.Single((Sample.Of("S3AccessLogs") with { KeyPrefix = prefix }).Keys()), StringComparison.Ordinal);

    [Fact]
    public void A_policy_with_a_slash_does_not_cover_a_prefix_without()
    {
        var policy = Sample.Bucket("""{"Effect":"Allow","Principal":{"Service":"logging.s3.amazonaws.com"},"Action":"s3:PutObject","Resource":"arn:aws:s3:::amzn-s3-demo-bucket/logs/*"}""");
        Assert.Equal(Verdict.ImplicitDeny, policy.Judge((Sample.Of("S3AccessLogs") with { KeyPrefix = "logs" }).Call("log file")));
        Assert.Equal(Verdict.Allowed, policy.Judge((Sample.Of("S3AccessLogs") with { KeyPrefix = "logs/" }).Call("log file")));
    }

    [Fact]
    public void Partitioned_S3_access_logs_name_account_Region_and_source_bucket()
    {
        var delivery = Sample.Of("S3AccessLogs") with { KeyPrefix = "logs/", PartitionedPrefix = true, SourceArn = "arn:aws:s3:::amzn-s3-demo-source" };
        Assert.StartsWith("logs/111122223333/us-east-1/amzn-s3-demo-source/2026/01/31/", Assert.Single(delivery.Keys()), StringComparison.Ordinal);
    }

    [Fact]
    public void The_dates_of_Config_have_no_leading_zero()
    {
        var keys = (Sample.Of("Config") with { KeyPrefix = "p" }).Keys();
        Assert.Contains(keys, k => k.StartsWith("p/AWSLogs/111122223333/Config/us-east-1/2026/1/31/ConfigHistory/", StringComparison.Ordinal));
        Assert.DoesNotContain(keys, k => k.Contains("/01/", StringComparison.Ordinal));
    }

    [Fact]
    public void An_organization_trail_writes_below_the_organization_and_the_account()
    {
        var keys = (Sample.Of("CloudTrail") with { OrganizationId = Sample.Organization }).Keys();
        Assert.Contains(keys, k => k.StartsWith("AWSLogs/111122223333/CloudTrail/", StringComparison.Ordinal));
        Assert.Contains(keys, k => k.StartsWith("AWSLogs/o-exampleorgid/444455556666/CloudTrail/", StringComparison.Ordinal));
        Assert.Contains(keys, k => k.StartsWith("AWSLogs/o-exampleorgid/444455556666/CloudTrail-Digest/", StringComparison.Ordinal));
        Assert.DoesNotContain(Sample.Of("CloudTrail").Keys(), k => k.Contains("o-", StringComparison.Ordinal) || k.Contains("444455556666", StringComparison.Ordinal));
    }

    [Fact]
    public void Flow_logs_for_Hive_are_in_a_folder_that_a_plain_policy_does_not_cover()
    {
        var plain = Sample.Of("VpcFlowLogs");
        var hive = plain with { HiveCompatiblePartitions = true };
        Assert.StartsWith("AWSLogs/aws-account-id=111122223333/aws-service=vpcflowlogs/aws-region=us-east-1/year=2026/month=01/day=31/", Assert.Single(hive.Keys()), StringComparison.Ordinal);
        Assert.StartsWith("AWSLogs/111122223333/vpcflowlogs/us-east-1/2026/01/31/", Assert.Single(plain.Keys()), StringComparison.Ordinal);
        Assert.Equal(Verdict.ImplicitDeny, Sample.Policy(plain.Source.GetGrants(plain), PolicyTarget.Bucket).Judge(hive.Call("log file")));
    }

    [Theory]
    [InlineData(null, false, "AWSLogs/111122223333/CloudFront/E")]
    [InlineData(null, true, "AWSLogs/aws-account-id=111122223333/CloudFront/E")]
    [InlineData("MyLogPrefix", false, "MyLogPrefix/E")]
    [InlineData("MyLogPrefix", true, "MyLogPrefix/E")]
    public void A_prefix_of_CloudFront_replaces_the_default_one(string? prefix, bool hive, string start)
        => Assert.StartsWith(start, Assert.Single((Sample.Of("CloudFrontV2") with { KeyPrefix = prefix, HiveCompatiblePartitions = hive }).Keys()), StringComparison.Ordinal);

    [Theory]
    [InlineData(null, "exportedlogs/")]
    [InlineData("mine", "mine/")]
    public void Export_tasks_have_a_default_prefix(string? prefix, string start)
        => Assert.StartsWith(start, Assert.Single((Sample.Of("CloudWatchLogsExport") with { KeyPrefix = prefix }).Keys()), StringComparison.Ordinal);

    [Fact]
    public void A_web_ACL_of_CloudFront_is_in_us_east_1_only()
    {
        Assert.Contains(Sample.Of("Waf").Keys(), k => k.Contains("/WAFLogs/cloudfront/", StringComparison.Ordinal));
        var elsewhere = Assert.Single((Sample.Of("Waf") with { Region = "eu-west-1" }).Keys());
        Assert.StartsWith("AWSLogs/111122223333/WAFLogs/eu-west-1/my-web-acl/2026/01/31/23/50/", elsewhere, StringComparison.Ordinal);
    }

    [Fact]
    public void Resolver_query_logs_have_no_Region_in_the_key()
        => Assert.DoesNotContain(Sample.Of("ResolverQueryLogs").Keys(), k => k.Contains("us-east-1", StringComparison.Ordinal));

    [Fact]
    public void Global_Accelerator_writes_the_Region_of_its_API()
        => Assert.Contains("/globalaccelerator/us-west-2/", Assert.Single((Sample.Of("GlobalAccelerator") with { Region = "eu-west-1" }).Keys()), StringComparison.Ordinal);

    [Fact]
    public void The_account_of_a_data_sync_stands_in_the_middle()
    {
        var delivery = Sample.Of("SsmDataSync") with { KeyPrefix = "inv" };
        Assert.Equal("arn:aws:s3:::amzn-s3-demo-bucket/inv/*/accountid=111122223333/*", delivery.Call("inventory file").Grant.Resource);
        Assert.StartsWith("inv/AWS:Application/accountid=111122223333/region=us-east-1/", Assert.Single(delivery.Keys()), StringComparison.Ordinal);
    }

    [Fact]
    public void The_prefix_of_Compute_Optimizer_comes_before_its_folder()
        => Assert.All((Sample.Of("ComputeOptimizer") with { KeyPrefix = "x" }).Keys(), k => Assert.StartsWith("x/compute-optimizer/111122223333/", k, StringComparison.Ordinal));

    [Fact]
    public void Storage_Lens_writes_below_the_account_or_the_organization()
    {
        Assert.StartsWith("StorageLens/111122223333/", Assert.Single(Sample.Of("StorageLens").Keys()), StringComparison.Ordinal);
        Assert.StartsWith("StorageLens/o-exampleorgid/", Assert.Single((Sample.Of("StorageLens") with { OrganizationId = Sample.Organization }).Keys()), StringComparison.Ordinal);
    }

    [Fact]
    public void The_date_of_a_stream_follows_the_prefix_directly()
        => Assert.All((Sample.Of("Firehose") with { KeyPrefix = "logs" }).Keys(), k => Assert.StartsWith("logs2026/01/31/23/", k, StringComparison.Ordinal));
}
