using System.Globalization;
using LogDelivery.Repair;
using Xunit;

namespace LogDelivery.LiveRepair.Tests;

/// <summary>
/// AWS fails in the middle, in every way and at every call: the policy is the old document or the new one, there is one clear
/// error, and running it again completes it.
/// </summary>
public class FaultTests
{
    private const int MostCalls = 18;

    public static TheoryData<string> Failures =>
    [
        "\"throttleRate\":1",
        "\"errorRate\":1",
        "\"cutRate\":1",
        "\"expired\":true",
        "\"losesAnswer\":true",
        "\"deny\":true",
        "\"latencyMs\":1500",
    ];

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task From_any_call_on_everything_fails(string failure)
    {
        using var sandbox = await StartAsync(failure);
        var scenario = LiveSandbox.TrailScenario(LiveSandbox.TrailPolicy("arn:aws:cloudtrail:us-east-1:111122223333:trail/renamed"));
        var isSlow = failure.Contains("latency", StringComparison.Ordinal);
        var step = LongForm.IsOn ? 1 : isSlow ? 12 : 6;
        for (var skip = 0; skip < MostCalls; skip += step)
        {
            sandbox.Server.LoadScenario(scenario);
            var old = await sandbox.PolicyAsync();
            sandbox.Server.SetFaults(string.Create(CultureInfo.InvariantCulture, $$"""{"rules":[{ {{failure}}, "skip": {{skip}} }]}"""));
            var outcome = await RunAsync(sandbox);
            sandbox.Server.SetFaults("{}");
            await AssertWholeAsync(sandbox, old!, $"{failure} from call {skip} on: {outcome}");
            var again = await sandbox.RunOneAsync();
            Assert.True(again.OutcomeValue is PolicyRepairOutcome.Repaired or PolicyRepairOutcome.NothingToDo, $"{failure} from call {skip} on, then again: {again.Explanation}");
            Assert.True(again.IsLetIn);
        }
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task One_call_of_each_kind_fails_once(string failure)
    {
        using var sandbox = await StartAsync(failure);
        var isShort = failure.Contains("latency", StringComparison.Ordinal) && !LongForm.IsOn;
        foreach (var operation in isShort ? new[] { "GetBucketPolicy", "PutBucketPolicy" } : ["GetBucketPolicy", "PutBucketPolicy", "HeadBucket", "GetCallerIdentity", "DescribeTrails", "GetBucketEncryption"])
        {
            foreach (var skip in operation == "GetBucketPolicy" ? isShort ? [1] : new[] { 0, 1, 2, 3, 4 } : [0])
            {
                sandbox.Server.LoadScenario(LiveSandbox.TrailScenario(LiveSandbox.TrailPolicy("arn:aws:cloudtrail:us-east-1:111122223333:trail/renamed")));
                var old = await sandbox.PolicyAsync();
                sandbox.Server.SetFaults(string.Create(CultureInfo.InvariantCulture, $$"""{"rules":[{ {{failure}}, "operation": "{{operation}}", "times": 1, "skip": {{skip}} }]}"""));
                var outcome = await RunAsync(sandbox);
                sandbox.Server.SetFaults("{}");
                await AssertWholeAsync(sandbox, old!, $"{failure} at {operation} {skip}: {outcome}");
                Assert.True((await sandbox.RunOneAsync()).IsLetIn);
            }
        }
    }

    [Theory]
    [InlineData("\"throttleRate\":1")]
    [InlineData("\"errorRate\":1")]
    [InlineData("\"cutRate\":1")]
    [InlineData("\"losesAnswer\":true")]
    public async Task A_write_that_passes_at_the_second_try_is_a_repair(string failure)
    {
        using var sandbox = await StartAsync();
        sandbox.Server.LoadScenario(LiveSandbox.TrailScenario());
        sandbox.Server.SetFaults($$"""{"rules":[{ {{failure}}, "operation": "PutBucketPolicy", "times": 1 }]}""");
        var record = await sandbox.RunOneAsync();
        Assert.Equal((PolicyRepairOutcome.Repaired, true), (record.OutcomeValue, record.IsLetIn));

        // What came through the first time is not written again.
        Assert.Equal(failure.Contains("losesAnswer", StringComparison.Ordinal) ? 1 : 2, sandbox.Calls("s3:PutBucketPolicy"));
    }

    [Fact]
    public async Task A_write_goes_over_the_wire_once()
    {
        using var sandbox = await StartAsync();
        sandbox.Server.LoadScenario(LiveSandbox.TrailScenario());
        sandbox.Server.SetFaults("""{"rules":[{"losesAnswer":true,"operation":"PutBucketPolicy","times":1}]}""");
        await Assert.ThrowsAsync<Gateways.AwsCallException>(() => sandbox.Session.Buckets.PutPolicyAsync(LiveSandbox.Bucket, LiveSandbox.TrailPolicy(), LiveSandbox.Cancel));
        Assert.Equal(1, sandbox.Calls("s3:PutBucketPolicy"));
    }

    [Fact]
    public async Task Somebody_who_writes_between_two_tries_is_not_overwritten()
    {
        const string Other = """{"Version":"2012-10-17","Statement":[{"Sid":"Other","Effect":"Deny","Principal":"*","Action":"s3:DeleteBucket","Resource":"arn:aws:s3:::amzn-s3-demo-bucket"}]}""";
        using var sandbox = await StartAsync();
        sandbox.Server.LoadScenario(LiveSandbox.TrailScenario());
        sandbox.Server.SetFaults("""{"rules":[{"errorRate":1, "operation":"PutBucketPolicy","times":1}]}""");
        var repair = sandbox.Repair(sandbox.Options() with { Care = LiveSandbox.Brisk with { RetryDelay = TimeSpan.FromMilliseconds(500) } });
        var plan = await repair.PlanAsync([new() { BucketName = LiveSandbox.Bucket }], LiveSandbox.Cancel);
        var run = repair.ApplyAsync(plan, _ => RepairConsent.Yes, LiveSandbox.Cancel);
        while (sandbox.Calls("s3:PutBucketPolicy") == 0)
        {
            await Task.Delay(5, LiveSandbox.Cancel);
        }

        await sandbox.Session.Buckets.PutPolicyAsync(LiveSandbox.Bucket, Other, LiveSandbox.Cancel);
        Assert.Equal(PolicyRepairOutcome.PolicyChanged, Assert.Single(await run).OutcomeValue);
        Assert.Equal(Other, await sandbox.PolicyAsync());
    }

    [Fact]
    public async Task A_policy_that_shows_late_is_waited_for()
    {
        using var sandbox = await StartAsync();
        sandbox.Server.LoadScenario(LiveSandbox.TrailScenario());
        sandbox.Server.SetFaults("""{"policyDelayReads":12}""");
        Assert.Equal(PolicyRepairOutcome.Repaired, (await sandbox.RunOneAsync(options: sandbox.Options() with { Care = LiveSandbox.Brisk with { VisibleWithin = TimeSpan.FromSeconds(20) } })).OutcomeValue);
    }

    [Fact]
    public async Task A_policy_that_does_not_show_in_time_is_unconfirmed()
    {
        using var sandbox = await StartAsync();
        sandbox.Server.LoadScenario(LiveSandbox.TrailScenario());
        sandbox.Server.SetFaults("""{"policyDelayReads":100000}""");
        var record = await sandbox.RunOneAsync(options: sandbox.Options() with { Care = LiveSandbox.Brisk with { VisibleWithin = TimeSpan.FromMilliseconds(200) } });
        Assert.Equal((PolicyRepairOutcome.Unconfirmed, null), (record.OutcomeValue, record.IsLetIn));
        Assert.Contains(record.BackupId!, record.Explanation, StringComparison.Ordinal);
    }

    // Only where a call is to be too slow does one that is not have little time.
    private static Task<LiveSandbox> StartAsync(string failure = "")
        => LiveSandbox.StartAsync(with: o => o with { Timeout = failure.Contains("latency", StringComparison.Ordinal) ? TimeSpan.FromMilliseconds(800) : o.Timeout, MaxAttempts = 1 });

    private static async Task<string> RunAsync(LiveSandbox sandbox)
    {
        try
        {
            var record = await sandbox.RunOneAsync();
            Assert.NotEmpty(record.Explanation);
            if (record.OutcomeValue is PolicyRepairOutcome.Failed or PolicyRepairOutcome.Unconfirmed)
            {
                Assert.NotNull(record.Error);
            }

            return record.ToString();
        }
        catch (Gateways.AwsCallException exception)
        {
            // Before anything was planned.
            Assert.Equal(0, sandbox.Calls("s3:PutBucketPolicy"));
            return exception.Message;
        }
    }

    private static async Task AssertWholeAsync(LiveSandbox sandbox, string old, string what)
    {
        if (what.Contains("latency", StringComparison.Ordinal))
        {
            // What was given up is still served, and shall not come into the next round.
            await Task.Delay(1_600, LiveSandbox.Cancel);
        }

        var now = await sandbox.PolicyAsync();
        if (now == old)
        {
            return;
        }

        Assert.Contains(sandbox.BackupFiles.Select(PolicyBackupFolder.Read), b => b.Document == old && b.RepairedDocument == now);
        Assert.True(now is not null, what);
    }
}
