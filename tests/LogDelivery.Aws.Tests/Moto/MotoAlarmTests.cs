using System.Text.Json.Nodes;
using LogDelivery.Alarms;
using LogDelivery.Aws.Clients;
using Xunit;

namespace LogDelivery.Aws.Tests.Moto;

/// <summary>Alarms on an AWS that others wrote.</summary>
public sealed class MotoAlarmTests(MotoServer moto) : IClassFixture<MotoServer>
{
    private const string Bucket = "amzn-s3-demo-bucket";

    private static AlarmRequest Request => new()
    {
        Preset = AlarmPresets.Find("DeliveryFailure"),
        LogGroupName = "/trails/audit",
        Values = new() { BucketName = Bucket },
        Topic = "audit-alarms",
        Emails = ["audit@example.com"],
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_alarm_is_made_once_seen_and_removed()
    {
        using var session = await moto.OpenAsync();
        await session.DoAsync(ServiceModels.Logs, "CreateLogGroup", new() { ["logGroupName"] = "/trails/audit" });
        var plan = await ApplyAsync(session, Request);
        Assert.Equal([AlarmPart.Topic, AlarmPart.MetricFilter, AlarmPart.Alarm, AlarmPart.Subscription], plan.Steps.Where(s => s.IsChange).Select(s => s.Part));

        var again = await AlarmPlanner.PlanAsync(Request, session, Token);
        Assert.False(again.HasChanges, again.ToString());

        var alarm = Assert.Single(await ReadAsync(session));
        Assert.Equal((plan.AlarmName, "DeliveryFailure", Bucket, "/trails/audit"), (alarm.Name, alarm.Preset, alarm.BucketName, alarm.LogGroupName));
        Assert.Equal(("Sum", 300, 1d, "GreaterThanOrEqualToThreshold", "notBreaching"), (alarm.Statistic, alarm.Period, alarm.Threshold, alarm.ComparisonOperator, alarm.TreatMissingData));
        Assert.True(alarm.CatchesKnownFailures);

        var removal = await AlarmRemoval.PlanAsync(plan.AlarmName, session, Token);
        Assert.True((await AlarmRemoval.ApplyAsync(removal, session, null, Token)).Succeeded);
        Assert.Empty(await ReadAsync(session));
        Assert.Empty(await session.MetricFilters.ListAsync(null, Token));
        Assert.True((await session.AlarmTopics.FindAsync(plan.TopicArn!, Token)).IsMissing);
    }

    [Fact]
    public async Task What_is_different_is_changed_and_nothing_else()
    {
        using var session = await moto.OpenAsync();
        await session.DoAsync(ServiceModels.Logs, "CreateLogGroup", new() { ["logGroupName"] = "/trails/audit" });
        var plan = await ApplyAsync(session, Request);
        var change = await ApplyAsync(session, Request with { Threshold = 3 });
        Assert.Equal([AlarmPart.Alarm], change.Steps.Where(s => s.IsChange).Select(s => s.Part));
        Assert.Equal(3, (await session.MetricAlarms.FindAsync(plan.AlarmName, Token))!.Threshold);
        Assert.Equal(plan.AlarmName, (await session.MetricAlarms.GetTagsAsync((await session.MetricAlarms.FindAsync(plan.AlarmName, Token))!.Arn, Token)).Value![AlarmTags.Alarm]);
    }

    [Fact]
    public async Task Event_selectors_are_written_back_as_they_were_read()
    {
        using var session = await moto.OpenAsync();
        await session.BucketAsync(Bucket);
        var trail = await session.TrailAsync("audit", Bucket);
        await session.JsonAsync(ServiceModels.CloudTrail, "PutEventSelectors", new()
        {
            ["TrailName"] = trail,
            ["EventSelectors"] = new JsonArray(new JsonObject
            {
                ["ReadWriteType"] = "WriteOnly",
                ["IncludeManagementEvents"] = true,
                ["DataResources"] = new JsonArray(new JsonObject { ["Type"] = "AWS::S3::Object", ["Values"] = new JsonArray("arn:aws:s3:::amzn-s3-demo-bucket1/") }),
                ["ExcludeManagementEventSources"] = new JsonArray("kms.amazonaws.com"),
            }),
        });
        var selection = (await session.DataEvents.GetAsync(trail, Token)).Value!;
        await session.DataEvents.PutAsync(trail, selection, Token);
        var again = (await session.DataEvents.GetAsync(trail, Token)).Value!;
        Assert.Equal(["kms.amazonaws.com"], again.Basic.Single().ExcludeManagementEventSources);
        Assert.True(again.Records(new("PutObject", "arn:aws:s3:::amzn-s3-demo-bucket1/a", false)));
        Assert.False(again.Records(new("GetObject", "arn:aws:s3:::amzn-s3-demo-bucket1/a", true)));
    }

    private static async Task<AlarmPlan> ApplyAsync(AwsSession session, AlarmRequest request)
    {
        var plan = await AlarmPlanner.PlanAsync(request, session, Token);
        Assert.Empty(plan.Obstacles);
        var outcome = await AlarmSetup.ApplyAsync(plan, session, null, Token);
        Assert.True(outcome.Succeeded, outcome.Report);
        return plan;
    }

    private static async Task<IReadOnlyList<LogDeliveryAlarm>> ReadAsync(AwsSession session)
    {
        var alarms = new List<LogDeliveryAlarm>();
        await foreach (var alarm in new AlarmReader(session, new()).ReadAsync(Token))
        {
            alarms.Add(alarm);
        }

        return alarms;
    }
}
