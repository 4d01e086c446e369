using Xunit;

namespace LogDelivery.Sandbox.Tests;

/// <summary>From an event in a log group to the topic that an alarm tells.</summary>
public sealed class AlarmTests : IDisposable
{
    private const string Version = "2010-08-01";

    private readonly RunningSandbox sandbox = new();

    public void Dispose() => sandbox.Dispose();

    [Fact]
    public async Task An_event_that_matches_moves_the_alarm_and_tells_the_topic_and_silence_moves_it_back()
    {
        var topic = await MakeAsync();
        await PutAsync("""{"errorCode":"AccessDenied"}""");
        await sandbox.Advance(5);
        Assert.Equal("ALARM", await StateAsync());
        Assert.Equal(1, await MessagesAsync(topic));

        await sandbox.Advance(5);
        Assert.Equal("OK", await StateAsync());
        Assert.Equal(1, await MessagesAsync(topic));
    }

    [Fact]
    public async Task Newer_clients_speak_JSON_to_CloudWatch_and_see_the_same_alarms()
    {
        var put = new
        {
            AlarmName = "of-json",
            MetricName = "Refused",
            Namespace = "LogDelivery",
            Statistic = "Sum",
            Period = 300,
            EvaluationPeriods = 1,
            Threshold = 1.5,
            ComparisonOperator = "GreaterThanOrEqualToThreshold",
            ActionsEnabled = false,
            AlarmActions = new[] { "arn:aws:sns:us-east-1:111122223333:alerts" },
            Tags = new[] { new { Key = "team", Value = "audit" } },
        };
        (await CloudWatchAsync("PutMetricAlarm", put)).Ok();

        var alarm = (await CloudWatchAsync("DescribeAlarms", new { AlarmNames = new[] { "of-json" } })).Ok().Json["MetricAlarms"]![0]!;
        Assert.Equal(300, (int)alarm["Period"]!);
        Assert.Equal(1.5, (double)alarm["Threshold"]!);
        Assert.False((bool)alarm["ActionsEnabled"]!);
        Assert.Equal("arn:aws:sns:us-east-1:111122223333:alerts", (string?)alarm["AlarmActions"]![0]);
        Assert.Empty(alarm["OKActions"]!.AsArray());
        Assert.Equal(RunningSandbox.Start.ToUnixTimeSeconds(), (long)alarm["StateUpdatedTimestamp"]!.GetValue<decimal>());
        var tags = (await CloudWatchAsync("ListTagsForResource", new { ResourceARN = (string)alarm["AlarmArn"]! })).Ok().Json["Tags"]!;
        Assert.Equal("audit", (string?)tags[0]!["Value"]);

        var unknown = await CloudWatchAsync("DeleteAlarms", new { AlarmNames = new[] { "of-json", "nowhere" } });
        Assert.Equal("ResourceNotFound", (string?)unknown.Json["__type"]);
        Assert.Equal("of-json", (await sandbox.Query("monitoring", Version, "DescribeAlarms")).Ok().Xml.Descendants().Single(e => e.Name.LocalName == "AlarmName").Value);
    }

    [Fact]
    public async Task An_event_that_does_not_match_moves_nothing()
    {
        await MakeAsync();
        await PutAsync("""{"errorCode":"NoSuchKey"}""");
        await sandbox.Advance(5);
        Assert.Equal("OK", await StateAsync());
    }

    [Fact]
    public async Task A_filter_does_not_see_what_came_before_it()
    {
        await sandbox.Logs("CreateLogGroup", new { logGroupName = "trail" });
        await sandbox.Logs("CreateLogStream", new { logGroupName = "trail", logStreamName = "s" });
        await PutAsync("""{"errorCode":"AccessDenied"}""");
        await MakeAsync();
        await sandbox.Advance(5);
        Assert.Equal("OK", await StateAsync());
    }

    [Theory]
    [InlineData("missing", "INSUFFICIENT_DATA")]
    [InlineData("notBreaching", "OK")]
    [InlineData("breaching", "ALARM")]
    [InlineData("ignore", "INSUFFICIENT_DATA")]
    public async Task What_silence_means_is_the_alarms_own_setting(string treatment, string state)
    {
        await MakeAsync(("TreatMissingData", treatment));
        await sandbox.Advance(10);
        Assert.Equal(state, await StateAsync());
    }

    [Fact]
    public async Task Two_of_three_periods_can_be_demanded()
    {
        await MakeAsync(("EvaluationPeriods", "3"), ("DatapointsToAlarm", "2"));
        await PutAsync("""{"errorCode":"AccessDenied"}""");
        await sandbox.Advance(5);
        Assert.Equal("OK", await StateAsync());
        await sandbox.Advance(5);
        await PutAsync("""{"errorCode":"AccessDenied"}""");
        await sandbox.Advance(5);
        Assert.Equal("ALARM", await StateAsync());
    }

    [Fact]
    public async Task Actions_that_are_switched_off_tell_nobody()
    {
        var topic = await MakeAsync(("ActionsEnabled", "false"));
        await PutAsync("""{"errorCode":"AccessDenied"}""");
        await sandbox.Advance(5);
        Assert.Equal("ALARM", await StateAsync());
        Assert.Equal(0, await MessagesAsync(topic));
    }

    [Fact]
    public async Task A_topic_that_does_not_let_CloudWatch_publish_hears_nothing()
    {
        var topic = await MakeAsync();
        var foreign = $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},"Action":"SNS:Publish","Resource":"{{topic}}"}]}""";
        (await sandbox.Query("sns", "2010-03-31", "SetTopicAttributes", parameters: [("TopicArn", topic), ("AttributeName", "Policy"), ("AttributeValue", foreign)])).Ok();
        await PutAsync("""{"errorCode":"AccessDenied"}""");
        await sandbox.Advance(5);
        Assert.Equal("ALARM", await StateAsync());
        Assert.Equal(0, await MessagesAsync(topic));
    }

    [Theory]
    [InlineData("{ $.errorCode = }")]
    [InlineData("[a, b")]
    [InlineData("{ errorCode = \"AccessDenied\" }")]
    public async Task A_wrong_pattern_is_refused(string pattern)
    {
        await sandbox.Logs("CreateLogGroup", new { logGroupName = "trail" });
        Assert.Equal("InvalidParameterException", (await PutFilterAsync(pattern)).Error);
        Assert.Equal("InvalidParameterException", (await sandbox.Logs("TestMetricFilter", new { filterPattern = pattern, logEventMessages = new[] { "{}" } })).Error);
    }

    [Fact]
    public async Task A_log_group_for_infrequent_access_takes_no_filters()
    {
        await sandbox.Logs("CreateLogGroup", new { logGroupName = "trail", logGroupClass = "INFREQUENT_ACCESS" });
        Assert.Equal("InvalidParameterException", (await PutFilterAsync("error")).Error);
        Assert.Equal("INFREQUENT_ACCESS", (string?)(await sandbox.Logs("DescribeLogGroups")).Json["logGroups"]![0]!["logGroupClass"]);
    }

    [Fact]
    public async Task A_pattern_can_be_tried_on_messages()
    {
        var answer = (await sandbox.Logs("TestMetricFilter", new { filterPattern = "{ $.errorCode = \"AccessDenied\" }", logEventMessages = new[] { "{}", """{"errorCode":"AccessDenied"}""" } })).Ok().Json;
        Assert.Equal([2], answer["matches"]!.AsArray().Select(m => (int)m!["eventNumber"]!));
    }

    [Fact]
    public async Task Tags_of_alarms_come_with_the_first_call_and_are_kept_by_later_ones()
    {
        await MakeAsync(("Tags.member.1.Key", "team"), ("Tags.member.1.Value", "audit"));
        await MakeAsync(("Tags.member.1.Key", "team"), ("Tags.member.1.Value", "other"));
        var arn = (await sandbox.Query("monitoring", Version, "DescribeAlarms")).Value("AlarmArn");
        Assert.Equal("audit", (await sandbox.Query("monitoring", Version, "ListTagsForResource", parameters: ("ResourceARN", arn))).Value("Value"));
        (await sandbox.Query("monitoring", Version, "TagResource", parameters: [("ResourceARN", arn), ("Tags.member.1.Key", "team"), ("Tags.member.1.Value", "second")])).Ok();
        Assert.Equal("second", (await sandbox.Query("monitoring", Version, "ListTagsForResource", parameters: ("ResourceARN", arn))).Value("Value"));
    }

    [Fact]
    public async Task Somebody_who_subscribes_by_mail_has_to_confirm_it()
    {
        var topic = (await sandbox.Query("sns", "2010-03-31", "CreateTopic", parameters: ("Name", "alarms"))).Value("TopicArn");
        (string, string)[] mail = [("TopicArn", topic), ("Protocol", "email"), ("Endpoint", "audit@example.com")];
        Assert.Equal("pending confirmation", (await sandbox.Query("sns", "2010-03-31", "Subscribe", parameters: mail)).Value("SubscriptionArn"));
        Assert.Equal("PendingConfirmation", (await sandbox.Query("sns", "2010-03-31", "ListSubscriptionsByTopic", parameters: ("TopicArn", topic))).Value("SubscriptionArn"));
        var arn = (await sandbox.Query("sns", "2010-03-31", "ConfirmSubscription", parameters: [("TopicArn", topic), ("Token", "audit@example.com")])).Value("SubscriptionArn");
        Assert.Equal(arn, (await sandbox.Query("sns", "2010-03-31", "ListSubscriptionsByTopic", parameters: ("TopicArn", topic))).Value("SubscriptionArn"));
        (await sandbox.Query("sns", "2010-03-31", "Unsubscribe", parameters: ("SubscriptionArn", arn))).Ok();
        Assert.DoesNotContain("SubscriptionArn", (await sandbox.Query("sns", "2010-03-31", "ListSubscriptionsByTopic", parameters: ("TopicArn", topic))).Text, StringComparison.Ordinal);
    }

    private async Task<WireAnswer> PutFilterAsync(string pattern) => await sandbox.Logs("PutMetricFilter", new
    {
        logGroupName = "trail",
        filterName = "denied",
        filterPattern = pattern,
        metricTransformations = new[] { new { metricName = "Denied", metricNamespace = "Logs", metricValue = "1" } },
    });

    // A log group, a filter on it, an alarm on its metric, and a topic.
    private async Task<string> MakeAsync(params (string Name, string Value)[] more)
    {
        await sandbox.Logs("CreateLogGroup", new { logGroupName = "trail" });
        await sandbox.Logs("CreateLogStream", new { logGroupName = "trail", logStreamName = "s" });
        (await PutFilterAsync("{ $.errorCode = \"AccessDenied\" }")).Ok();
        var topic = (await sandbox.Query("sns", "2010-03-31", "CreateTopic", parameters: ("Name", "alarms"))).Value("TopicArn");
        (string Name, string Value)[] standard =
        [
            ("AlarmName", "denied"), ("MetricName", "Denied"), ("Namespace", "Logs"), ("Statistic", "Sum"), ("Period", "300"), ("Threshold", "1"),
            ("EvaluationPeriods", "1"), ("ComparisonOperator", "GreaterThanOrEqualToThreshold"), ("TreatMissingData", "notBreaching"), ("AlarmActions.member.1", topic),
        ];
        (await sandbox.Query("monitoring", Version, "PutMetricAlarm", parameters: [.. standard.Where(s => more.All(m => m.Name != s.Name)), .. more])).Ok();
        return topic;
    }

    private async Task PutAsync(string message)
        => (await sandbox.Logs("PutLogEvents", new { logGroupName = "trail", logStreamName = "s", logEvents = new[] { new { timestamp = RunningSandbox.Start.ToUnixTimeMilliseconds(), message } } })).Ok();

    private async Task<string> StateAsync() => (await sandbox.Query("monitoring", Version, "DescribeAlarms")).Value("StateValue");

    private async Task<int> MessagesAsync(string topic)
        => (int)(await sandbox.Control("GET", "state")).Json["topics"]!.AsArray().Single(t => (string?)t!["arn"] == topic)!["messages"]!;

    private Task<WireAnswer> CloudWatchAsync(string operation, object input) => sandbox.Json("monitoring", $"GraniteServiceVersion20100801.{operation}", input);
}
