using System.Collections.Concurrent;
using LogDelivery.Gateways;
using LogDelivery.Trails;
using Xunit;

namespace LogDelivery.Aws.Tests.Trails;

public sealed class TrailFanOutTests
{
    private static readonly FanOutOptions Quick = new() { MaxConcurrency = 8, ThrottleDelay = TimeSpan.FromMilliseconds(1) };

    [Fact]
    public async Task Every_trail_in_every_Region_of_every_account_is_one_result()
    {
        var results = await RunAsync(Enumerable.Range(0, 3).Select(a => Scope(Account(20), $"account-{a}", ["us-east-1", "eu-west-1"])));
        Assert.Equal(3 * 2 * 20, results.Count);
        Assert.All(results, r => Assert.Equal(TrailDeliveryState.Healthy, r.Health!.StateValue));
        Assert.Equal(120, results.Select(r => (r.Account, r.Region, r.Trail)).Distinct().Count());
    }

    [Fact]
    public async Task Without_Regions_all_that_are_on_are_looked_at()
    {
        var account = Account(1);
        account.Regions = ["ap-south-1", "us-west-2"];
        var results = await RunAsync([Scope(account, "a", [])]);
        Assert.Equal(["ap-south-1", "us-west-2"], results.Select(r => r.Region).Order());
    }

    [Fact]
    public async Task One_Region_that_fails_is_one_error_and_the_rest_goes_on()
    {
        var account = Account(3);
        account.Trails = region => region == "eu-west-1" ? throw FakeAccount.Denied("cloudtrail:DescribeTrails") : Trails(3);
        var results = await RunAsync([Scope(account, "a", ["us-east-1", "eu-west-1", "ap-south-1"])]);
        var error = Assert.Single(results, r => r.Error is not null);
        Assert.Equal(("eu-west-1", "cloudtrail:DescribeTrails"), (error.Region, error.Error!.MissingPermission));
        Assert.Equal(6, results.Count(r => r.Health is not null));
    }

    [Fact]
    public async Task One_account_that_fails_is_one_error_and_the_rest_goes_on()
    {
        var broken = Scope(Account(1), "broken", ["us-east-1"]) with { Open = _ => throw new AwsCallException(AwsErrorKind.Authentication, "AccessDenied", "The role cannot be taken on.") };
        var results = await RunAsync([Scope(Account(2), "good", ["us-east-1"]), broken]);
        var error = Assert.Single(results, r => r.Error is not null);
        Assert.Equal(("broken", null), (error.Account, error.Region));
        Assert.Equal(2, results.Count(r => r.Account == "good"));
    }

    [Fact]
    public async Task One_trail_that_fails_is_one_error_and_the_rest_goes_on()
    {
        var account = Account(5);
        account.Status = (_, arn) => arn.EndsWith("-3", StringComparison.Ordinal) ? throw new InvalidOperationException("surprise") : FakeAccount.Healthy;
        var results = await RunAsync([Scope(account, "a", ["us-east-1"])]);
        var error = Assert.Single(results, r => r.Error is not null);
        Assert.EndsWith("-3", error.Trail, StringComparison.Ordinal);
        Assert.Equal("CheckFailed", error.Error!.Code);
        Assert.Equal(4, results.Count(r => r.Health is not null));
    }

    [Fact]
    public async Task Names_and_arns_choose_trails()
    {
        var results = await RunAsync([Scope(Account(10), "a", ["us-east-1", "eu-west-1"]) with { Trails = ["audit-1", $"{FakeAccount.TrailArn}-7"] }]);
        Assert.Equal(["audit-1", "audit-1", "audit-7", "audit-7"], results.Select(r => r.Health!.Name).Order());
    }

    [Fact]
    public async Task A_name_that_no_Region_knows_is_one_error()
    {
        var results = await RunAsync([Scope(Account(2), "a", ["us-east-1", "eu-west-1"]) with { Trails = ["audit-1", "nobody"] }]);
        var error = Assert.Single(results, r => r.Error is not null);
        Assert.Equal(("nobody", AwsErrorKind.NotFound, "TrailNotFound"), (error.Trail, error.Error!.Kind, error.Error.Code));
        Assert.Contains("us-east-1, eu-west-1", error.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_is_not_said_to_be_nowhere_when_a_Region_could_not_be_asked()
    {
        var account = Account(2);
        account.Trails = region => region == "eu-west-1" ? throw FakeAccount.Denied("cloudtrail:DescribeTrails") : Trails(2);
        var results = await RunAsync([Scope(account, "a", ["us-east-1", "eu-west-1"]) with { Trails = ["nobody"] }]);
        Assert.Equal("cloudtrail:DescribeTrails", Assert.Single(results).Error!.MissingPermission);
    }

    [Fact]
    public async Task Throttling_slows_down_and_all_results_are_still_right()
    {
        var account = Account(300);
        var random = new Random(7);
        account.Status = (_, _) =>
        {
            lock (random)
            {
                return random.NextDouble() < 0.3 ? throw new AwsCallException(AwsErrorKind.Throttled, "ThrottlingException", "Rate exceeded") : FakeAccount.Healthy;
            }
        };
        var results = await RunAsync([Scope(account, "a", ["us-east-1"])], Quick with { MaxThrottles = 20 });
        Assert.Equal(300, results.Count(r => r.Health?.StateValue == TrailDeliveryState.Healthy));
    }

    [Fact]
    public async Task Throttling_without_end_is_an_error()
    {
        var account = Account(1);
        account.Status = (_, _) => throw new AwsCallException(AwsErrorKind.Throttled, "ThrottlingException", "Rate exceeded");
        var results = await RunAsync([Scope(account, "a", ["us-east-1"])], Quick with { MaxThrottles = 3 });
        Assert.Equal(AwsErrorKind.Throttled, Assert.Single(results).Error!.Kind);
        Assert.Equal(4, account.Calls.Count(c => c.StartsWith("GetTrailStatus", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task No_more_is_under_way_than_is_allowed()
    {
        var (now, most) = (0, 0);
        var account = Account(200);
        account.Status = (_, _) =>
        {
            var running = Interlocked.Increment(ref now);
            InterlockedMax(ref most, running);
            Thread.Sleep(1);
            Interlocked.Decrement(ref now);
            return FakeAccount.Healthy;
        };
        Assert.Equal(200, (await RunAsync([Scope(account, "a", ["us-east-1"])], Quick with { MaxConcurrency = 3 })).Count);
        Assert.InRange(most, 1, 3);
    }

    [Fact]
    public async Task Results_come_before_everything_is_done()
    {
        using var hold = new ManualResetEventSlim();
        var account = Account(10);
        account.Status = (_, arn) =>
        {
            if (arn.EndsWith("-9", StringComparison.Ordinal))
            {
                hold.Wait(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
            }

            return FakeAccount.Healthy;
        };
        var seen = 0;
        await foreach (var _ in new TrailFanOut(null, Quick, new StoppedClock()).RunAsync([Scope(account, "a", ["us-east-1"])], TestContext.Current.CancellationToken))
        {
            if (++seen == 9)
            {
                hold.Set();
            }
        }

        Assert.Equal(10, seen);
    }

    [Fact]
    public async Task Who_stops_reading_stops_the_calls()
    {
        var account = Account(10_000);
        await foreach (var _ in new TrailFanOut(null, Quick, new StoppedClock()).RunAsync([Scope(account, "a", ["us-east-1"])], TestContext.Current.CancellationToken))
        {
            break;
        }

        var calls = account.Calls.Count;
        await Task.Delay(100, TestContext.Current.CancellationToken);
        Assert.Equal(calls, account.Calls.Count);
        Assert.True(calls < 1000, $"{calls} calls");
    }

    [Fact]
    public async Task Cancellation_ends_it()
    {
        using var stop = new CancellationTokenSource();
        var account = Account(10_000);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in new TrailFanOut(null, Quick, new StoppedClock()).RunAsync([Scope(account, "a", ["us-east-1"])], stop.Token))
            {
                await stop.CancelAsync();
            }
        });
    }

    [Fact]
    public async Task Nothing_to_look_at_is_nothing()
        => Assert.Empty(await RunAsync([]));

    [Fact]
    public async Task An_account_without_trails_is_nothing()
        => Assert.Empty(await RunAsync([Scope(Account(0), "a", ["us-east-1"])]));

    private static void InterlockedMax(ref int location, int value)
    {
        int before;
        while ((before = location) < value && Interlocked.CompareExchange(ref location, value, before) != before)
        {
        }
    }

    private static FakeAccount Account(int trails) => new() { Trails = _ => Trails(trails) };

    private static IReadOnlyList<TrailConfiguration> Trails(int count)
        => [.. Enumerable.Range(0, count).Select(n => FakeAccount.Trail with { TrailArn = $"{FakeAccount.TrailArn}-{n}", Name = $"audit-{n}" })];

    private static TrailScope Scope(FakeAccount account, string name, IReadOnlyList<string> regions)
        => new() { Account = name, Regions = regions, Open = _ => Task.FromResult<IAwsGateways>(account) };

    private static async Task<List<TrailResult>> RunAsync(IEnumerable<TrailScope> scopes, FanOutOptions? options = null)
    {
        var results = new ConcurrentQueue<TrailResult>();
        await foreach (var result in new TrailFanOut(null, options ?? Quick, new StoppedClock()).RunAsync(scopes, TestContext.Current.CancellationToken))
        {
            results.Enqueue(result);
        }

        return [.. results];
    }
}
