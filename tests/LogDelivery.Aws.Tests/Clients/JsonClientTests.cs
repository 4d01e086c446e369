using LogDelivery.Aws.Services;
using LogDelivery.Aws.Tests.Support;
using Xunit;

namespace LogDelivery.Aws.Tests.Clients;

public sealed class JsonClientTests
{
    [Fact]
    public async Task A_call_is_a_signed_post_with_target_and_json()
    {
        using var aws = new FakeAws(_ => Answer.Json("""{"IsLogging":true}"""));
        using var session = await Given.SessionAsync(aws);
        var output = await session.Clients.CallAsync(CloudTrailOperations.GetTrailStatus, "ap-southeast-2", new(Given.TrailArn), TestContext.Current.CancellationToken);

        Assert.True(output.IsLogging);
        var request = aws.Single;
        Assert.Equal("POST", request.Method);
        Assert.Equal("/", request.RawUrl);
        Assert.Equal("com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.GetTrailStatus", request.Header("X-Amz-Target"));
        Assert.Equal("application/x-amz-json-1.1", request.Header("Content-Type"));
        Assert.Equal($$"""{"Name":"{{Given.TrailArn}}"}""", request.Text);
        Assert.Contains("api/CloudTrail#", request.Header("User-Agent"), StringComparison.Ordinal);
        Signature.Check(request, Given.AccessKey, Given.SecretKey, "ap-southeast-2", "cloudtrail");
    }

    [Fact]
    public async Task Absent_input_is_left_out_and_absent_output_is_null()
    {
        using var aws = new FakeAws(_ => Answer.Json("{}"));
        using var session = await Given.SessionAsync(aws);
        var output = await session.Clients.CallAsync(CloudTrailOperations.ListTrails, Given.Region, new(), TestContext.Current.CancellationToken);

        Assert.Null(output.Trails);
        Assert.Equal("{}", aws.Single.Text);
    }

    [Fact]
    public async Task DescribeTrails_alone_speaks_camel_case()
    {
        using var aws = new FakeAws(_ => Answer.Json("""{"trailList":[{"Name":"a","TrailARN":"arn:aws:cloudtrail:us-east-1:111122223333:trail/a","S3BucketName":"b"}]}"""));
        using var session = await Given.SessionAsync(aws);
        var input = new DescribeTrailsInput(["a"], false);
        var output = await session.Clients.CallAsync(CloudTrailOperations.DescribeTrails, Given.Region, input, TestContext.Current.CancellationToken);

        Assert.Equal("""{"trailNameList":["a"],"includeShadowTrails":false}""", aws.Single.Text);
        Assert.Equal("b", Assert.Single(output.TrailList!).S3BucketName);
    }

    [Fact]
    public async Task Times_are_seconds_since_1970_and_become_utc()
    {
        using var aws = new FakeAws(_ => Answer.Json("""{"LatestDeliveryTime":1795427570.123,"StartLoggingTime":1.7954E9,"LatestDigestDeliveryTime":"2026-11-23T09:32:50Z"}"""));
        using var session = await Given.SessionAsync(aws);
        var output = await session.Clients.CallAsync(CloudTrailOperations.GetTrailStatus, Given.Region, new("x"), TestContext.Current.CancellationToken);

        Assert.Equal(DateTime.UnixEpoch.AddSeconds(1795427570).AddMilliseconds(123), output.LatestDeliveryTime);
        Assert.Equal(DateTimeKind.Utc, output.LatestDeliveryTime!.Value.Kind);
        Assert.Equal(DateTime.UnixEpoch.AddSeconds(1795400000), output.StartLoggingTime);
        Assert.Equal(new DateTime(2026, 11, 23, 9, 32, 50, DateTimeKind.Utc), output.LatestDigestDeliveryTime);
    }

    [Fact]
    public async Task An_operation_without_output_may_answer_with_nothing()
    {
        using var aws = new FakeAws(_ => Answer.Json(string.Empty));
        using var session = await Given.SessionAsync(aws);
        await session.Keys.PutPolicyAsync(Given.Region, "arn:aws:kms:eu-west-1:111122223333:key/k", "{}", TestContext.Current.CancellationToken);

        Assert.Equal("TrentService.PutKeyPolicy", aws.Single.Header("X-Amz-Target"));
        Assert.Equal("""{"KeyId":"arn:aws:kms:eu-west-1:111122223333:key/k","Policy":"{}","PolicyName":"default"}""", aws.Single.Text);
        Signature.Check(aws.Single, Given.AccessKey, Given.SecretKey, "eu-west-1", "kms");
    }

    [Fact]
    public async Task Unknown_members_are_passed_over()
    {
        using var aws = new FakeAws(_ => Answer.Json("""{"IsLogging":false,"SomethingNew":{"a":[1,2,{"b":null}]},"TimeLoggingStarted":""}"""));
        using var session = await Given.SessionAsync(aws);
        Assert.False((await session.Trails.GetStatusAsync(Given.Region, "x", TestContext.Current.CancellationToken)).IsLogging);
    }
}
