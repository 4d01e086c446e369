using System.Net;
using Xunit;

namespace LogDelivery.Sandbox.Tests;

public sealed class FaultTests : IDisposable
{
    private const string Bucket = RunningSandbox.Bucket;

    private readonly RunningSandbox sandbox = new();

    public void Dispose() => sandbox.Dispose();

    [Fact]
    public async Task Throttling_speaks_each_protocols_language()
    {
        (await sandbox.Control("POST", "faults", """{"throttleRate":1}""")).Ok();
        Assert.Equal("ThrottlingException", (await sandbox.CloudTrail("ListTrails")).Error);
        var s3 = await sandbox.S3("GET", "/");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "SlowDown"), (s3.Status, s3.Error));
        Assert.Equal("Throttling", (await sandbox.Query("sts", "2011-06-15", "GetCallerIdentity")).Error);
        Assert.Contains("RequestLimitExceeded", (await sandbox.Query("ec2", "2016-11-15", "DescribeRegions")).Text, StringComparison.Ordinal);
        (await sandbox.Control("DELETE", "faults")).Ok();
        (await sandbox.CloudTrail("ListTrails")).Ok();
    }

    [Fact]
    public async Task A_share_of_calls_is_throttled_the_same_with_the_same_seed()
    {
        async Task<string> Run()
        {
            (await sandbox.Control("POST", "faults", """{"rules":[{"throttleRate":0.3}],"seed":7}""")).Ok();
            var outcome = string.Empty;
            for (var i = 0; i < 100; i++)
            {
                outcome += (await sandbox.CloudTrail("ListTrails")).Status == HttpStatusCode.OK ? '.' : 'x';
            }

            return outcome;
        }

        var first = await Run();
        Assert.InRange(first.Count(c => c == 'x'), 15, 45);
        Assert.Equal(first, await Run());
    }

    [Fact]
    public async Task Errors_hit_only_what_they_are_meant_for_and_as_often_as_said()
    {
        (await sandbox.Control("POST", "faults", """{"service":"cloudtrail","region":"eu-west-1","errorRate":1,"times":2}""")).Ok();
        (await sandbox.CloudTrail("ListTrails")).Ok();
        Assert.Equal(HttpStatusCode.InternalServerError, (await sandbox.CloudTrail("ListTrails", region: "eu-west-1")).Status);
        Assert.Equal("InternalFailure", (await sandbox.CloudTrail("ListTrails", region: "eu-west-1")).Error);
        (await sandbox.CloudTrail("ListTrails", region: "eu-west-1")).Ok();
    }

    [Fact]
    public async Task A_cut_connection_is_an_error_of_the_transport()
    {
        (await sandbox.Control("POST", "faults", """{"cutRate":1,"service":"cloudtrail"}""")).Ok();
        await Assert.ThrowsAsync<HttpRequestException>(() => sandbox.CloudTrail("ListTrails"));
        (await sandbox.S3("GET", "/")).Ok();
    }

    [Fact]
    public async Task A_missing_permission_is_named()
    {
        (await sandbox.S3("PUT", $"/{Bucket}")).Ok();
        (await sandbox.Control("POST", "faults", """{"rules":[{"deny":true,"operation":"s3:GetBucketPolicy"},{"deny":true,"operation":"kms:*","account":"111122223333"}]}""")).Ok();
        var s3 = await sandbox.S3("GET", $"/{Bucket}?policy");
        Assert.Equal((HttpStatusCode.Forbidden, "AccessDenied"), (s3.Status, s3.Error));
        Assert.Contains("s3:GetBucketPolicy", s3.Text, StringComparison.Ordinal);
        var kms = await sandbox.Kms("ListKeys");
        Assert.Equal("AccessDeniedException", kms.Error);
        Assert.Contains("not authorized to perform: kms:ListKeys", kms.Text, StringComparison.Ordinal);
        (await sandbox.S3("GET", $"/{Bucket}?acl")).Ok();
    }

    [Fact]
    public async Task A_slow_call_is_answered_all_the_same_and_the_faults_can_be_read()
    {
        (await sandbox.Control("POST", "faults", """{"latencyMs":20,"times":3}""")).Ok();
        (await sandbox.CloudTrail("ListTrails")).Ok();
        var rule = (await sandbox.Control("GET", "faults")).Json["rules"]![0]!;
        Assert.Equal((20, 2), ((int)rule["latencyMs"]!, (int)rule["times"]!));
    }

    [Fact]
    public async Task Somebody_else_writes_the_policy_between_read_and_write()
    {
        const string Other = """{"Version":"2012-10-17","Statement":[{"Sid":"Other","Effect":"Deny","Principal":"*","Action":"s3:DeleteBucket","Resource":"arn:aws:s3:::amzn-s3-demo-bucket"}]}""";
        (await sandbox.S3("PUT", $"/{Bucket}")).Ok();
        (await sandbox.S3("PUT", $"/{Bucket}?policy", RunningSandbox.TrailPolicy())).Ok();
        (await sandbox.Control("POST", "faults", $$"""{"policyChanges":[{"bucket":"{{Bucket}}","policy":{{Other}}}]}""")).Ok();
        Assert.Equal(RunningSandbox.TrailPolicy(), (await sandbox.S3("GET", $"/{Bucket}?policy")).Text);
        Assert.Equal(Other, (await sandbox.S3("GET", $"/{Bucket}?policy")).Text);
    }

    [Fact]
    public async Task A_policy_is_visible_later_by_time_and_by_reads()
    {
        await sandbox.CreateLoggingTrail();
        (await sandbox.Control("POST", "faults", """{"policyDelayMinutes":7,"policyDelayReads":1}""")).Ok();
        (await sandbox.S3("DELETE", $"/{Bucket}?policy")).Ok();
        (await sandbox.S3("GET", $"/{Bucket}?policy")).Ok();
        await sandbox.Advance(5);
        Assert.False((await sandbox.Status()).ContainsKey("LatestDeliveryError"));
        await sandbox.Advance(5);
        Assert.Equal("AccessDenied", (string?)(await sandbox.Status())["LatestDeliveryError"]);
        Assert.Equal("NoSuchBucketPolicy", (await sandbox.S3("GET", $"/{Bucket}?policy")).Error);
    }

    [Theory]
    [InlineData("POST", "faults", """{"nonsense":1}""")]
    [InlineData("POST", "faults", "not json")]
    [InlineData("POST", "faults", """{"policyChanges":[{"bucket":"b","policy":{"Statement":1}}]}""")]
    [InlineData("POST", "advance", "{}")]
    [InlineData("POST", "advance", """{"minutes":-5}""")]
    [InlineData("POST", "scenario", """{"steps":[{}]}""")]
    [InlineData("POST", "scenario", """{"buckets":[{"name":"b","policy":{"a":1}}]}""")]
    [InlineData("POST", "scenario", """{"buckets":[{}]}""")]
    [InlineData("POST", "scenario", """{"trails":[{"name":"t","bucket":"b"}],"steps":[{"renameTrail":{"from":"none","to":"x"}}]}""")]
    [InlineData("POST", "deliveries", """{"source":"None","bucket":"amzn-s3-demo-bucket"}""")]
    [InlineData("POST", "deliveries", """{"source":"AlbAccessLogs","bucket":"arn:aws:s3:::x"}""")]
    public async Task An_instruction_that_makes_no_sense_is_refused_and_changes_nothing(string method, string name, string body)
    {
        (await sandbox.S3("PUT", $"/{Bucket}")).Ok();
        var answer = await sandbox.Control(method, name, body);
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.NotNull(answer.Json["error"]);
        Assert.Equal(Bucket, (string?)(await sandbox.Control("GET", "state")).Json["buckets"]![0]!["name"]);
    }

    [Fact]
    public async Task A_reset_empties_everything_and_calls_are_counted()
    {
        await sandbox.CreateLoggingTrail();
        await sandbox.Advance(10);
        var before = (await sandbox.Control("GET", "state")).Json;
        Assert.Equal(1, (int)before["calls"]!["cloudtrail:CreateTrail"]!);
        Assert.Equal(4, (await sandbox.Control("GET", "calls")).Json["calls"]!.AsArray().Count);
        (await sandbox.Control("POST", "reset")).Ok();
        var after = (await sandbox.Control("GET", "state")).Json;
        Assert.Empty(after["buckets"]!.AsArray());
        Assert.Empty(after["calls"]!.AsObject());
        Assert.Equal("2026-01-31T09:02:00Z", (string?)after["time"]);
        Assert.Equal(HttpStatusCode.NotFound, (await sandbox.Control("GET", "nothing")).Status);
    }
}
