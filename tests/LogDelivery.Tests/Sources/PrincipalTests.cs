using LogDelivery.Policies;
using Xunit;

namespace LogDelivery.Tests.Sources;

public class PrincipalTests
{
    [Theory]
    [InlineData("GuardDuty", "guardduty")]
    [InlineData("RedshiftAudit", "redshift")]
    [InlineData("Macie", "macie")]
    [InlineData("Inspector", "inspector2")]
    public void In_a_Region_that_is_opted_in_to_the_principal_carries_it(string id, string service)
    {
        Assert.All(Principals(id, "us-east-1"), p => Assert.Equal($"{service}.amazonaws.com", p));
        Assert.All(Principals(id, "me-south-1"), p => Assert.Equal($"{service}.me-south-1.amazonaws.com", p));
    }

    [Theory]
    [InlineData("CloudTrail", "cloudtrail.amazonaws.com")]
    [InlineData("Config", "config.amazonaws.com")]
    [InlineData("VpcFlowLogs", "delivery.logs.amazonaws.com")]
    [InlineData("S3AccessLogs", "logging.s3.amazonaws.com")]
    [InlineData("AlbAccessLogs", "logdelivery.elasticloadbalancing.amazonaws.com")]
    [InlineData("StorageLens", "storage-lens.s3.amazonaws.com")]
    [InlineData("CostAndUsageReport", "billingreports.amazonaws.com")]
    public void Other_principals_have_no_Region_anywhere(string id, string principal)
        => Assert.All(Principals(id, "me-south-1").Concat(Principals(id, "cn-north-1")), p => Assert.Equal(principal, p));

    [Theory]
    [InlineData("us-east-1")]
    [InlineData("me-south-1")]
    public void Export_tasks_carry_the_Region_everywhere(string region)
        => Assert.All(Principals("CloudWatchLogsExport", region), p => Assert.Equal($"logs.{region}.amazonaws.com", p));

    [Theory]
    [InlineData("CloudFrontV2", "eu-west-1", "arn:aws:logs:us-east-1:111122223333:delivery-source:*")]
    [InlineData("GlobalAccelerator", "eu-west-1", "arn:aws:logs:us-west-2:111122223333:*")]
    [InlineData("DataExports", "eu-west-1", "arn:aws:bcm-data-exports:us-east-1:111122223333:export/*")]
    [InlineData("CostAndUsageReport", "eu-west-1", "arn:aws:cur:us-east-1:111122223333:definition/*")]
    [InlineData("VpcFlowLogs", "eu-west-1", "arn:aws:logs:eu-west-1:111122223333:*")]
    public void The_Region_in_the_source_ARN_is_that_of_the_control_plane(string id, string region, string arn)
    {
        var delivery = Sample.Of(id) with { Region = region };
        var conditions = delivery.Source.GetGrants(delivery).SelectMany(g => g.Conditions).Where(c => c.Key == "aws:SourceArn").ToArray();
        Assert.NotEmpty(conditions);
        Assert.All(conditions, c => Assert.Equal([arn], c.Values));
    }

    [Fact]
    public void A_CloudFront_policy_for_the_Region_of_the_bucket_lets_nothing_through()
    {
        var delivery = Sample.Of("CloudFrontV2") with { Region = "eu-west-1" };
        var policy = Sample.Bucket("""
            {"Effect":"Allow","Principal":{"Service":"delivery.logs.amazonaws.com"},"Action":"s3:PutObject","Resource":"arn:aws:s3:::amzn-s3-demo-bucket/*",
             "Condition":{"ArnLike":{"aws:SourceArn":"arn:aws:logs:eu-west-1:111122223333:delivery-source:*"}}}
            """);
        Assert.Equal(Verdict.ImplicitDeny, policy.Judge(delivery.Call("log file")));
    }

    private static IEnumerable<string> Principals(string id, string region)
    {
        var delivery = Sample.Of(id) with { Region = region };
        return delivery.Source.GetGrants(delivery).Select(g => g.Principal.Id);
    }
}
