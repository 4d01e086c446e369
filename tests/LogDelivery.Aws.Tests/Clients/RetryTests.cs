using System.Diagnostics;
using LogDelivery.Aws.Tests.Support;
using LogDelivery.Gateways;
using Xunit;

namespace LogDelivery.Aws.Tests.Clients;

public sealed class RetryTests
{
    [Fact]
    public async Task Throttling_and_failures_of_the_service_are_tried_again()
    {
        var count = 0;
        using var aws = new FakeAws(_ => Interlocked.Increment(ref count) switch
        {
            1 => Answer.JsonError("ThrottlingException"),
            2 => Answer.Json("{}", 503),
            _ => Answer.Json("""{"IsLogging":true}"""),
        });
        using var session = await Given.SessionAsync(aws);
        Assert.True((await session.Trails.GetStatusAsync(Given.Region, "x", TestContext.Current.CancellationToken)).IsLogging);

        Assert.Equal(["attempt=1; max=5", "attempt=2; max=5", "attempt=3; max=5"], aws.Requests.Select(r => r.Header("amz-sdk-request")));
        Assert.Single(aws.Requests.Select(r => r.Header("amz-sdk-invocation-id")).Distinct());
        Assert.All(aws.Requests, r => Signature.Check(r, Given.AccessKey, Given.SecretKey, Given.Region, "cloudtrail"));
    }

    [Fact]
    public async Task A_cut_connection_is_tried_again()
    {
        var count = 0;
        using var aws = new FakeAws(_ => Answer.Json("""{"IsLogging":true}""") with { IsCut = Interlocked.Increment(ref count) == 1 });
        using var session = await Given.SessionAsync(aws);
        Assert.True((await session.Trails.GetStatusAsync(Given.Region, "x", TestContext.Current.CancellationToken)).IsLogging);
        Assert.True(aws.Requests.Count >= 2);
    }

    [Fact]
    public async Task What_the_caller_got_wrong_is_not_tried_again()
    {
        using var aws = new FakeAws(_ => Answer.JsonError("InvalidTrailNameException"));
        using var session = await Given.SessionAsync(aws);
        var exception = await Assert.ThrowsAsync<AwsCallException>(() => session.Trails.GetStatusAsync(Given.Region, "x", TestContext.Current.CancellationToken));
        Assert.Equal(AwsErrorKind.Invalid, exception.Kind);
        Assert.Single(aws.Requests);
    }

    [Fact]
    public async Task Tries_are_bounded()
    {
        using var aws = new FakeAws(_ => Answer.JsonError("ThrottlingException", "Rate exceeded"));
        using var session = await Given.SessionAsync(aws, Given.Options(aws) with { MaxAttempts = 2 });
        var exception = await Assert.ThrowsAsync<AwsCallException>(() => session.Trails.GetStatusAsync(Given.Region, "x", TestContext.Current.CancellationToken));
        Assert.Equal(AwsErrorKind.Throttled, exception.Kind);
        Assert.Equal(2, aws.Requests.Count);
    }

    [Fact]
    public async Task Many_failures_do_not_stop_the_retries_of_others()
    {
        using var aws = new FakeAws(r => r.Header("amz-sdk-request")!.StartsWith("attempt=1", StringComparison.Ordinal)
            ? Answer.JsonError("ThrottlingException")
            : Answer.Json("""{"IsLogging":true}"""));
        using var session = await Given.SessionAsync(aws, Given.Options(aws) with { MaxAttempts = 2 });
        var statuses = await Task.WhenAll(Enumerable.Range(0, 300).Select(_ => session.Trails.GetStatusAsync(Given.Region, "x", TestContext.Current.CancellationToken)));
        Assert.All(statuses, s => Assert.True(s.IsLogging));
    }

    [Fact]
    public async Task A_call_that_is_not_answered_ends_in_time()
    {
        using var aws = new FakeAws(_ => Answer.Json("{}") with { Delay = TimeSpan.FromSeconds(30) });
        using var session = await Given.SessionAsync(aws, Given.Options(aws) with { Timeout = TimeSpan.FromMilliseconds(200) });
        var watch = Stopwatch.StartNew();
        var exception = await Assert.ThrowsAsync<AwsCallException>(() => session.Trails.GetStatusAsync(Given.Region, "x", TestContext.Current.CancellationToken));
        Assert.Equal(AwsErrorKind.Timeout, exception.Kind);
        Assert.Equal("cloudtrail:GetTrailStatus", exception.Operation);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"It took {watch.Elapsed}.");
    }

    [Fact]
    public async Task A_call_that_is_not_wanted_any_more_ends_at_once()
    {
        using var aws = new FakeAws(_ => Answer.Json("{}") with { Delay = TimeSpan.FromSeconds(30) });
        using var session = await Given.SessionAsync(aws);
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        var watch = Stopwatch.StartNew();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => session.Trails.GetStatusAsync(Given.Region, "x", stop.Token));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"It took {watch.Elapsed}.");
    }

    [Fact]
    public async Task A_call_that_waits_before_a_retry_ends_at_once_too()
    {
        using var aws = new FakeAws(_ => Answer.JsonError("ThrottlingException"));
        using var session = await Given.SessionAsync(aws, Given.Options(aws) with { MaxAttempts = 50 });
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => session.Trails.GetStatusAsync(Given.Region, "x", stop.Token));
    }
}
