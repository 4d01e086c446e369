using FsCheck;
using FsCheck.Fluent;
using LogDelivery.Alarms;
using Xunit;

namespace LogDelivery.Tests.Alarms;

/// <summary>
/// Whatever was there before, whatever is asked for and wherever it fails: repeated, it comes to the same end; done once more,
/// nothing changes; removed, everything is as it was.
/// </summary>
public sealed class AlarmPropertyTests
{
    [Fact]
    public void Set_up_and_removal_can_be_repeated_after_any_failure()
        => Prop.ForAll(Cases().ToArbitrary(), c =>
        {
            var world = c.MakeWorld();
            var before = world.ToString();
            var names = new List<string>();
            foreach (var request in c.Requests)
            {
                names.Add(Repeat(world, c, () => SetUp(world, request)));
                Assert.False(Plan(world, request).HasChanges);
            }

            foreach (var name in names.Distinct().OrderBy(n => (n.GetHashCode(StringComparison.Ordinal) ^ c.Seed) & 0xff))
            {
                Repeat(world, c, () => Remove(world, name));
            }

            Assert.Equal(before, world.ToString());
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(LongForm.IsOn ? 5_000 : 60));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_alarm_that_inherited_reads_and_writes_takes_both_with_it(bool isAdvanced)
    {
        var world = new Case([], [], FailsLate: false, isAdvanced, Seed: 0).MakeWorld();
        var before = world.ToString();
        var names = new List<string>();
        foreach (var id in (string[])["DeliveryFailure", "LargeDownload", "SigV2Use"])
        {
            names.Add(SetUp(world, new()
            {
                Preset = AlarmPresets.Find(id),
                LogGroupName = AlarmWorld.LogGroup,
                Values = new() { BucketName = "amzn-s3-demo-one" },
                AddDataEvents = true,
            }).Name);
        }

        foreach (var name in names)
        {
            Assert.True(Remove(world, name).Succeeded);
        }

        Assert.Equal(before, world.ToString());
    }

    private static Gen<Case> Cases()
    {
        var topics = Gen.Elements<string?>(null, "ours", "theirs", AlarmWorld.TopicArn("theirs"));
        var emails = Gen.ListOf(Gen.Elements("a@example.com", "b@example.com", "theirs@example.com"));
        var request =
            from preset in Gen.Elements([.. AlarmPresets.All])
            from bucket in Gen.Elements("amzn-s3-demo-one", "amzn-s3-demo-two")
            from topic in topics
            from addresses in emails
            from adds in Gen.Elements(true, false)
            select new AlarmRequest
            {
                Preset = preset,
                LogGroupName = AlarmWorld.LogGroup,
                Values = new() { BucketName = bucket },
                Topic = topic,
                Emails = [.. addresses.Distinct()],
                AddDataEvents = adds,
            };

        // Names are distinct: the same alarm with other topics or addresses is another matter, as those are added to it.
        return from requests in Gen.NonEmptyListOf(request)
               from failures in Gen.ListOf(Gen.Choose(0, 4))
               from late in Gen.Elements(true, false)
               from isAdvanced in Gen.Elements(true, false)
               from seed in Gen.Choose(0, 255)
               select new Case([.. requests.DistinctBy(r => r.AlarmName).Take(3)], [.. failures], late, isAdvanced, seed);
    }

    private static AlarmPlan Plan(AlarmWorld world, AlarmRequest request)
    {
        var plan = AlarmPlanner.PlanAsync(request, world, TestContext.Current.CancellationToken).GetAwaiter().GetResult();
        Assert.Empty(plan.Obstacles);
        return plan;
    }

    private static (string Name, bool Succeeded) SetUp(AlarmWorld world, AlarmRequest request)
    {
        var plan = Plan(world, request);
        var outcome = AlarmSetup.ApplyAsync(plan, world, null, TestContext.Current.CancellationToken).GetAwaiter().GetResult();
        Assert.Equal(outcome.Steps.Count, plan.Steps.Count);
        return (plan.AlarmName, outcome.Succeeded);
    }

    private static (string Name, bool Succeeded) Remove(AlarmWorld world, string name)
    {
        var plan = AlarmRemoval.PlanAsync(name, world, TestContext.Current.CancellationToken).GetAwaiter().GetResult();

        // The answer to the last write was lost, but not the write.
        if (plan.Obstacles is [{ Code: "AlarmNotFound" }])
        {
            return (name, true);
        }

        Assert.Empty(plan.Obstacles);
        return (name, AlarmRemoval.ApplyAsync(plan, world, null, TestContext.Current.CancellationToken).GetAwaiter().GetResult().Succeeded);
    }

    private static string Repeat(AlarmWorld world, Case c, Func<(string Name, bool Succeeded)> action)
    {
        foreach (var writes in c.Failures)
        {
            (world.WritesLeft, world.FailsLate) = (writes, c.FailsLate);
            action();
            world.WritesLeft = null;
        }

        var (name, succeeded) = action();
        Assert.True(succeeded);
        return name;
    }

    private sealed record Case(IReadOnlyList<AlarmRequest> Requests, IReadOnlyList<int> Failures, bool FailsLate, bool IsAdvanced, int Seed)
    {
        public AlarmWorld MakeWorld()
        {
            var world = new AlarmWorld();
            world.TopicByArn[AlarmWorld.TopicArn("theirs")] = [new("email", "theirs@example.com", $"{AlarmWorld.TopicArn("theirs")}:theirs@example.com")];
            world.FilterByName["theirs"] = new() { LogGroupName = AlarmWorld.LogGroup, Name = "theirs", Pattern = "error", MetricNamespace = "Logs", MetricName = "Errors" };
            world.AlarmByName["theirs"] = new() { Name = "theirs", MetricNamespace = "Logs", MetricName = "Errors", AlarmActions = [AlarmWorld.TopicArn("theirs")] };
            if (IsAdvanced)
            {
                world.Selection = new([], [new("theirs", [new() { Field = "eventCategory", EqualTo = ["Management"] }])]);
            }

            return world;
        }

        public override string ToString()
            => $"{string.Join(" | ", Requests.Select(r => $"{r.AlarmName} topic {r.Topic} mail {string.Join(',', r.Emails)} adds {r.AddDataEvents}"))}; fails after {string.Join(',', Failures)} late {FailsLate} advanced {IsAdvanced} seed {Seed}";
    }
}
