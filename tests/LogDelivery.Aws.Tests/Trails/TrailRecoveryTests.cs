using LogDelivery.Gateways;
using LogDelivery.Trails;
using Xunit;

namespace LogDelivery.Aws.Tests.Trails;

public sealed class TrailRecoveryTests
{
    private static readonly DateTime Broken = new(2026, 11, 23, 8, 5, 0, DateTimeKind.Utc);
    private static readonly DateTime Recovered = new(2026, 11, 23, 11, 10, 0, DateTimeKind.Utc);
    private static readonly TrailDeliveryHealth Failing = Health(TrailDeliveryState.Failing, Broken, "AccessDenied");
    private static readonly TrailDeliveryHealth Healthy = Health(TrailDeliveryState.Healthy, Recovered, null);

    private readonly ManualClock clock = new();
    private readonly FakeAccount account = new();
    private readonly TrailRecovery recovery;

    public TrailRecoveryTests() => recovery = new(TimeSpan.FromMinutes(10), clock);

    [Fact]
    public async Task It_is_over_when_every_hour_of_the_failure_has_its_files()
    {
        await ObserveAsync(Failing);
        Assert.False(recovery.IsOver);

        Give("0900", "1000");
        await ObserveAsync(Healthy);
        Assert.False(recovery.IsOver);
        Assert.Equal([Broken.AddHours(2)], recovery.Health!.Backlog!.MissingHours);
        Assert.Contains("none is of the hour from 10:05 UTC", recovery.Health.Explanation, StringComparison.Ordinal);

        Give("0900", "1000", "1100");
        await ObserveAsync(Healthy with { S3 = new() { LastTime = Recovered.AddMinutes(5) } });
        Assert.True(recovery.IsOver);
        Assert.True(recovery.Health!.Backlog!.HasArrived);
        Assert.Equal((3, Broken, Recovered), (recovery.Health.Backlog.Files, recovery.Health.Backlog.HeldBackSince, recovery.Health.Backlog.RecoveredAt));
        Assert.EndsWith("have arrived: 3 log files.", recovery.Health.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_there_before_or_is_no_log_file_is_not_of_the_backlog()
    {
        account.Objects = _ => Readable.Found<IReadOnlyList<StoredObject>>(
        [
            Named("111122223333_CloudTrail_us-east-1_20261123T0805Z_x.json.gz"),
            Named("111122223333_CloudTrail_us-east-1_20261123T1115Z_x.json.gz"),
            Named("111122223333_CloudTrail_us-east-1_broken"),
            Named("note.txt"),
        ]);
        await ObserveAsync(Failing);
        await ObserveAsync(Healthy);
        Assert.Equal(0, recovery.Health!.Backlog!.Files);
        Assert.Equal(3, recovery.Health.Backlog.MissingHours.Length);
    }

    [Fact]
    public async Task Hours_that_stay_empty_are_waited_for_as_long_as_files_come()
    {
        await ObserveAsync(Failing);
        Give("0900");
        await ObserveAsync(Healthy);
        clock.Advance(TimeSpan.FromMinutes(9));
        Give("0900", "0905");
        await ObserveAsync(Healthy);
        clock.Advance(TimeSpan.FromMinutes(9));
        await ObserveAsync(Healthy);
        Assert.False(recovery.IsOver);
        clock.Advance(TimeSpan.FromMinutes(2));
        await ObserveAsync(Healthy);
        Assert.True(recovery.IsOver);
        Assert.Null(recovery.Health!.Backlog!.HasArrived);
    }

    [Fact]
    public async Task Without_the_right_to_list_it_is_over_and_says_what_is_missing()
    {
        account.Objects = _ => Readable.Unreadable<IReadOnlyList<StoredObject>>(FakeAccount.Denied("s3:ListBucket"));
        await ObserveAsync(Failing);
        await ObserveAsync(Healthy);
        Assert.True(recovery.IsOver);
        Assert.Equal("s3:ListBucket is missing.", recovery.Health!.Backlog!.Problem);
        Assert.Null(recovery.Health.Backlog.HasArrived);
    }

    [Fact]
    public async Task A_trail_that_was_well_from_the_start_has_no_backlog()
    {
        await ObserveAsync(Healthy);
        Assert.True(recovery.IsOver);
        Assert.Null(recovery.Health!.Backlog);
        Assert.Empty(account.Calls);
    }

    [Fact]
    public async Task A_trail_that_never_delivered_has_held_back_since_it_records()
    {
        await ObserveAsync(Failing with { S3 = new() { Error = "AccessDenied" }, LoggingSince = Broken });
        Give("0900", "1000", "1100");
        await ObserveAsync(Healthy);
        Assert.True(recovery.Health!.Backlog!.HasArrived);
    }

    [Fact]
    public async Task A_failure_over_midnight_is_looked_for_in_the_folders_of_both_days()
    {
        await ObserveAsync(Failing with { S3 = new() { Error = "AccessDenied", LastTime = Broken.Date.AddMinutes(-30) }, KeyPrefix = "trails/", IsOrganizationTrail = true });
        account.Organization = () => Readable.Found("o-exampleorgid");
        await ObserveAsync(Healthy with { S3 = new() { LastTime = Broken.Date.AddMinutes(10) }, KeyPrefix = "trails/", IsOrganizationTrail = true });
        Assert.Equal(
            ["22", "23"],
            account.Calls.Where(c => c.StartsWith("ListObjects", StringComparison.Ordinal)).Select(c => c[^3..^1]));
        Assert.Contains("ListObjects amzn-s3-demo-bucket trails/AWSLogs/o-exampleorgid/111122223333/CloudTrail/us-east-1/2026/11/23/", account.Calls);
    }

    private static TrailDeliveryHealth Health(TrailDeliveryState state, DateTime last, string? error) => new()
    {
        TrailArn = FakeAccount.TrailArn,
        Name = "audit",
        Region = "us-east-1",
        AccountId = FakeAccount.AccountId,
        BucketName = FakeAccount.Bucket,
        StateValue = state,
        S3 = new() { LastTime = last, Error = error },
        Explanation = "It is so.",
    };

    private static StoredObject Named(string name) => new($"AWSLogs/111122223333/CloudTrail/us-east-1/2026/11/23/{name}", Recovered);

    private void Give(params string[] times)
        => account.Objects = _ => Readable.Found<IReadOnlyList<StoredObject>>([.. times.Select(t => Named($"111122223333_CloudTrail_us-east-1_20261123T{t}Z_unique.json.gz"))]);

    private Task ObserveAsync(TrailDeliveryHealth health) => recovery.ObserveAsync(health, account, TestContext.Current.CancellationToken);

    private sealed class ManualClock : TimeProvider
    {
        private long ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => ticks;

        public void Advance(TimeSpan time) => ticks += time.Ticks;
    }
}
