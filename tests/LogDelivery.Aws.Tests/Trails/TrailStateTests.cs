using LogDelivery.Gateways;
using LogDelivery.Trails;
using Xunit;

namespace LogDelivery.Aws.Tests.Trails;

/// <summary>The state of a trail by what GetTrailStatus reports.</summary>
public sealed class TrailStateTests
{
    private static readonly DateTime Now = FakeAccount.Now;

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    public async Task No_error_is_null_or_empty(string? nothing)
    {
        var health = await CheckAsync(FakeAccount.Healthy with
        {
            LatestDeliveryError = nothing,
            LatestDigestDeliveryError = nothing,
            LatestNotificationError = nothing,
            LatestCloudWatchLogsDeliveryError = nothing,
        });
        Assert.Equal(TrailDeliveryState.Healthy, health.StateValue);
        Assert.Null(health.S3.Error);
        Assert.Equal(TimeSpan.FromMinutes(4), health.Lag);
        Assert.Null(health.RetryDeadline);
        Assert.Equal("Log files arrive in amzn-s3-demo-bucket. The last file arrived 4 minutes ago.", health.Explanation);
    }

    [Fact]
    public async Task Any_leg_s_error_is_a_failure()
    {
        foreach (var status in new[]
        {
            FakeAccount.Healthy with { LatestDeliveryError = "AccessDenied" },
            FakeAccount.Healthy with { LatestDigestDeliveryError = "AccessDenied" },
            FakeAccount.Healthy with { LatestNotificationError = "AuthorizationError" },
            FakeAccount.Healthy with { LatestCloudWatchLogsDeliveryError = "AccessDenied" },
        })
        {
            Assert.Equal(TrailDeliveryState.Failing, (await CheckAsync(status)).StateValue);
        }
    }

    [Fact]
    public async Task A_trail_that_does_not_record_is_stopped_whatever_else_is_reported()
    {
        var health = await CheckAsync(FakeAccount.Healthy with { IsLogging = false, LatestDeliveryError = "AccessDenied", StopLoggingTime = Now.AddDays(-1) });
        Assert.Equal(TrailDeliveryState.Stopped, health.StateValue);
        Assert.False(health.IsLogging);
        Assert.Contains(health.Cause, f => f.Id == "LD0077" && f.Evidence.Contains("12:00 UTC on 22 November 2026", StringComparison.Ordinal));
        Assert.StartsWith("The trail has not been logging since 12:00 UTC on 22 November 2026.", health.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stop_before_the_last_start_is_history()
        => Assert.Equal(TrailDeliveryState.Healthy, (await CheckAsync(FakeAccount.Healthy with { StopLoggingTime = Now.AddDays(-100) })).StateValue);

    [Theory]
    [InlineData(true, 89, TrailDeliveryState.Healthy)]
    [InlineData(true, 91, TrailDeliveryState.Stale)]
    [InlineData(false, 91, TrailDeliveryState.Healthy)]
    [InlineData(false, 23 * 60, TrailDeliveryState.Healthy)]
    [InlineData(false, 25 * 60, TrailDeliveryState.Stale)]
    public async Task Digests_are_a_heartbeat(bool digests, int minutes, TrailDeliveryState state)
    {
        var status = new TrailStatus { IsLogging = true, StartLoggingTime = Now.AddDays(-90), LatestDeliveryTime = Now.AddMinutes(-minutes) };
        var health = await CheckAsync(status, FakeAccount.Trail with { LogFileValidationEnabled = digests });
        Assert.Equal(state, health.StateValue);
        Assert.Equal(TimeSpan.FromMinutes(minutes), health.Lag);
    }

    [Fact]
    public async Task A_quiet_Region_with_digests_is_healthy()
        => Assert.Equal(TrailDeliveryState.Healthy, (await CheckAsync(FakeAccount.Healthy with { LatestDeliveryTime = Now.AddDays(-5) })).StateValue);

    [Fact]
    public async Task A_trail_that_was_started_again_a_minute_ago_is_not_stale()
        => Assert.Equal(
            TrailDeliveryState.Healthy,
            (await CheckAsync(new() { IsLogging = true, LatestDeliveryTime = Now.AddDays(-7), StopLoggingTime = Now.AddDays(-7), StartLoggingTime = Now.AddMinutes(-1) })).StateValue);

    [Theory]
    [InlineData(12, "Nothing has arrived yet. The trail has been logging for 12 minutes; the first files take up to 30 minutes.")]
    [InlineData(120, "Nothing has ever arrived in amzn-s3-demo-bucket, though the trail has been logging since 10:00 UTC on 23 November 2026.")]
    public async Task Nothing_yet_and_never_are_told_apart(int minutes, string explanation)
    {
        var health = await CheckAsync(new() { IsLogging = true, StartLoggingTime = Now.AddMinutes(-minutes) });
        Assert.Equal(TrailDeliveryState.NeverDelivered, health.StateValue);
        Assert.Null(health.Lag);
        Assert.StartsWith(explanation, health.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_held_back_is_retried_for_thirty_days()
    {
        var last = new DateTime(2026, 11, 22, 9, 32, 0, DateTimeKind.Utc);
        var health = await CheckAsync(FakeAccount.Healthy with { LatestDeliveryError = "AccessDenied", LatestDeliveryTime = last });
        Assert.Equal(new DateTime(2026, 12, 22, 9, 32, 0, DateTimeKind.Utc), health.RetryDeadline);
        Assert.Contains("the last success was at 09:32 UTC on 22 November 2026.", health.Explanation, StringComparison.Ordinal);
        Assert.EndsWith("Files that were not delivered are retried until 09:32 UTC on 22 December 2026.", health.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Retries_that_have_ended_are_said_to_have()
    {
        var health = await CheckAsync(FakeAccount.Healthy with { LatestDeliveryError = "AccessDenied", LatestDeliveryTime = Now.AddDays(-40), LatestDigestDeliveryTime = null });
        Assert.Contains("Retries ended", health.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failing_topic_holds_nothing_back()
        => Assert.Null((await CheckAsync(FakeAccount.Healthy with { LatestNotificationError = "AuthorizationError" })).RetryDeadline);

    [Fact]
    public async Task Clocks_may_differ_a_little()
        => Assert.Equal(TimeSpan.Zero, (await CheckAsync(FakeAccount.Healthy with { LatestDeliveryTime = Now.AddSeconds(20) })).Lag);

    [Fact]
    public async Task A_status_that_may_not_be_read_is_unknown_and_names_the_action()
    {
        var account = new FakeAccount { Status = (_, _) => throw FakeAccount.Denied("cloudtrail:GetTrailStatus") };
        var health = await new TrailHealthCheck(account, null, new StoppedClock()).CheckAsync(FakeAccount.Trail, "us-east-1", TestContext.Current.CancellationToken);
        Assert.Equal(TrailDeliveryState.Unknown, health.StateValue);
        Assert.Equal(["cloudtrail:GetTrailStatus"], health.MissingPermissions);
        Assert.Null(health.IsLogging);
        Assert.Equal("The status may not be read: cloudtrail:GetTrailStatus is missing.", health.Explanation);
    }

    [Fact]
    public async Task The_object_has_what_other_cmdlets_ask_for()
    {
        var health = await CheckAsync(FakeAccount.Healthy, FakeAccount.Trail with { KeyPrefix = "p", KmsKeyId = "k" }, "eu-west-1");
        Assert.Equal(
            (FakeAccount.TrailArn, "audit", "eu-west-1", "us-east-1", FakeAccount.AccountId, FakeAccount.Bucket, "p", "k"),
            (health.TrailArn, health.Name, health.Region, health.HomeRegion, health.AccountId, health.BucketName, health.KeyPrefix, health.KmsKeyId));
        Assert.Equal("audit in eu-west-1: Healthy", health.ToString());
        Assert.Equal(FakeAccount.Now, health.CheckedAt);
    }

    [Fact]
    public void A_script_can_make_one()
    {
        var health = Activator.CreateInstance<TrailDeliveryHealth>();
        // What follows from the findings is not given beside them.
        string[] derived = [nameof(health.CauseId), nameof(health.CauseText), nameof(health.Remedy)];
        foreach (var property in typeof(TrailDeliveryHealth).GetProperties().Where(p => !derived.Contains(p.Name)))
        {
            Assert.True(property.CanWrite, property.Name);
        }

        Assert.Equal(TrailDeliveryState.Unknown, health.StateValue);
    }

    private static Task<TrailDeliveryHealth> CheckAsync(TrailStatus status, TrailConfiguration? trail = null, string region = "us-east-1")
        => new TrailHealthCheck(new FakeAccount { Status = (_, _) => status }, null, new StoppedClock())
            .CheckAsync(trail ?? FakeAccount.Trail, region, TestContext.Current.CancellationToken);
}
