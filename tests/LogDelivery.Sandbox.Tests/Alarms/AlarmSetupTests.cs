using LogDelivery.Alarms;
using LogDelivery.Aws;
using LogDelivery.Gateways;
using Xunit;

namespace LogDelivery.Sandbox.Tests.Alarms;

/// <summary>Alarms are planned, made, seen and removed on a sandbox, over the wire as they would be in AWS.</summary>
public sealed class AlarmSetupTests : IAsyncLifetime
{
    private const string Bucket = "amzn-s3-demo-flow-logs";
    private const string TrailBucket = "amzn-s3-demo-trail-logs";
    private const string LogGroup = "trail-events";
    private const string Address = "audit@example.com";

    private readonly SandboxServer server = SandboxServer.Start(new() { Scenario = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "scenarios", "watched-bucket.json")) });
    private AwsSession aws = null!;

    private static AlarmRequest Request => new()
    {
        Preset = AlarmPresets.Find("DeliveryFailure"),
        LogGroupName = LogGroup,
        Values = new() { BucketName = Bucket },
        Topic = "audit-alarms",
        Emails = [Address],
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
        => aws = await AwsSession.OpenAsync(new() { AccessKey = "111122223333", SecretKey = "sandbox", Region = "us-east-1", EndpointUrl = server.Endpoint.AbsoluteUri, MaxAttempts = 1 }, Token);

    public ValueTask DisposeAsync()
    {
        aws.Dispose();
        server.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task An_alarm_fires_when_a_delivery_is_refused_and_is_over_when_it_is_repaired()
    {
        await MakeAsync(Request);
        server.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal("OK", (await ReadAsync()).State);

        var policy = (await aws.Buckets.GetPolicyAsync(Bucket, Token)).Value!;
        await aws.Buckets.PutPolicyAsync(Bucket, policy.Replace("111122223333/*", "444455556666/*", StringComparison.Ordinal), Token);

        // The refusal is in the trail's next files, and a new policy takes a moment to be seen.
        server.Advance(TimeSpan.FromMinutes(20));
        Assert.Equal("ALARM", (await ReadAsync()).State);
        Assert.Contains("\"messages\":1", server.GetState(), StringComparison.Ordinal);

        await aws.Buckets.PutPolicyAsync(Bucket, policy, Token);
        server.Advance(TimeSpan.FromMinutes(40));
        Assert.Equal("OK", (await ReadAsync()).State);
    }

    [Fact]
    public async Task A_plan_writes_nothing()
    {
        var before = server.GetState();
        var plan = await AlarmPlanner.PlanAsync(Request, aws, Token);
        Assert.Empty(plan.Obstacles);
        Assert.Equal([AlarmPart.Topic, AlarmPart.MetricFilter, AlarmPart.Alarm, AlarmPart.Subscription], plan.Steps.Where(s => s.IsChange).Select(s => s.Part));
        Assert.All(plan.Trials, t => Assert.True(t.IsRight && t.MatchesInAws == t.Matches, t.ToString()));
        Assert.Equal(Resources(before), Resources(server.GetState()));
    }

    [Fact]
    public async Task A_second_run_changes_nothing()
    {
        await MakeAsync(Request);
        var before = server.GetState();
        var plan = await AlarmPlanner.PlanAsync(Request, aws, Token);
        Assert.False(plan.HasChanges, plan.ToString());
        Assert.True((await AlarmSetup.ApplyAsync(plan, aws, null, Token)).Succeeded);
        Assert.Equal(Resources(before), Resources(server.GetState()));
    }

    [Fact]
    public async Task What_was_changed_by_hand_is_put_right_and_what_was_added_stays()
    {
        var plan = await MakeAsync(Request);
        var alarm = (await aws.MetricAlarms.FindAsync(plan.AlarmName, Token))!;
        var other = await aws.AlarmTopics.CreateAsync("other", new Dictionary<string, string>(), Token);
        await aws.MetricAlarms.PutAsync(alarm with { Threshold = 5, AlarmActions = [.. alarm.AlarmActions, other], OkActions = [other] }, new Dictionary<string, string>(), Token);
        await aws.MetricFilters.PutAsync((await aws.MetricFilters.ListAsync(LogGroup, Token)).Single() with { Pattern = "{ $.errorCode = \"AccessDenied\" }" }, Token);

        var repair = await MakeAsync(Request);
        Assert.Equal([AlarmPart.MetricFilter, AlarmPart.Alarm], repair.Steps.Where(s => s.IsChange).Select(s => s.Part));
        Assert.Contains("threshold 5 becomes 1", repair.ToString(), StringComparison.Ordinal);
        var after = (await aws.MetricAlarms.FindAsync(plan.AlarmName, Token))!;
        Assert.Equal(1, after.Threshold);
        Assert.Contains(other, after.AlarmActions);
        Assert.Equal([other], after.OkActions);
    }

    [Theory]
    [InlineData("sns:CreateTopic", 0)]
    [InlineData("logs:PutMetricFilter", 1)]
    [InlineData("cloudwatch:PutMetricAlarm", 2)]
    [InlineData("sns:Subscribe", 3)]
    public async Task A_failure_in_the_middle_is_told_and_the_next_run_finishes(string action, int done)
    {
        server.SetFaults($$"""{"rules":[{"operation":"{{action}}","deny":true}]}""");
        var plan = await AlarmPlanner.PlanAsync(Request, aws, Token);
        var outcome = await AlarmSetup.ApplyAsync(plan, aws, null, Token);
        Assert.Equal(AwsErrorKind.AccessDenied, outcome.Error?.Kind);
        Assert.Equal(done, outcome.Steps.Count(s => s.State == AlarmStepState.Done));
        Assert.Single(outcome.Steps, s => s.State == AlarmStepState.Failed);
        Assert.Equal(3 - done, outcome.Steps.Count(s => s.State == AlarmStepState.NotReached));
        Assert.Contains("safe to repeat", outcome.Report, StringComparison.Ordinal);

        server.SetFaults("{}");
        var rest = await MakeAsync(Request);
        Assert.Equal(4 - done, rest.Steps.Count(s => s.IsChange));
        Assert.False((await AlarmPlanner.PlanAsync(Request, aws, Token)).HasChanges);
        await RemoveAsync(plan.AlarmName);
        Assert.Empty(await aws.MetricAlarms.ListAsync(null, Token));
        Assert.Empty(await aws.MetricFilters.ListAsync(null, Token));
        Assert.Contains("\"topics\":[]", server.GetState(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_topic_of_others_stays_and_only_the_subscription_goes()
    {
        var topic = await aws.AlarmTopics.CreateAsync("theirs", new Dictionary<string, string>(), Token);
        await aws.AlarmTopics.SubscribeEmailAsync(topic, "theirs@example.com", Token);
        var plan = await MakeAsync(Request with { Topic = topic });
        await ConfirmAsync(topic, Address);

        var removal = await RemoveAsync(plan.AlarmName);
        Assert.Contains(removal.Steps, s => s is { Part: AlarmPart.Topic, Action: AlarmAction.Keep });
        Assert.Equal(["theirs@example.com"], (await aws.AlarmTopics.ListSubscriptionsAsync(topic, Token)).Value!.Select(s => s.Endpoint));
    }

    [Fact]
    public async Task A_subscription_that_was_there_before_is_not_removed()
    {
        var topic = await aws.AlarmTopics.CreateAsync("theirs", new Dictionary<string, string>(), Token);
        await aws.AlarmTopics.SubscribeEmailAsync(topic, Address, Token);
        await ConfirmAsync(topic, Address);
        var plan = await MakeAsync(Request with { Topic = topic });
        await RemoveAsync(plan.AlarmName);
        Assert.Single((await aws.AlarmTopics.ListSubscriptionsAsync(topic, Token)).Value!);
    }

    [Fact]
    public async Task A_topic_that_two_alarms_share_goes_with_the_last_one()
    {
        var first = await MakeAsync(Request);
        var second = await MakeAsync(Request with { Preset = AlarmPresets.Find("SigV2Use") });
        var topic = first.TopicArn!;
        await RemoveAsync(first.AlarmName);
        Assert.NotNull((await aws.AlarmTopics.FindAsync(topic, Token)).Value);
        Assert.Single((await aws.AlarmTopics.ListSubscriptionsAsync(topic, Token)).Value!);
        await RemoveAsync(second.AlarmName);
        Assert.True((await aws.AlarmTopics.FindAsync(topic, Token)).IsMissing);
    }

    [Fact]
    public async Task What_LogDelivery_did_not_make_is_not_touched()
    {
        await aws.MetricAlarms.PutAsync(new() { Name = "theirs", MetricNamespace = "Logs", MetricName = "Denied", Statistic = "Sum", Period = 300, Threshold = 1, ComparisonOperator = "GreaterThanOrEqualToThreshold" }, new Dictionary<string, string>(), Token);
        await aws.MetricFilters.PutAsync(new() { LogGroupName = LogGroup, Name = "filter-of-others", Pattern = "error", MetricNamespace = "Logs", MetricName = "Denied" }, Token);
        Assert.Equal("AlarmNotOurs", (await AlarmPlanner.PlanAsync(Request with { Name = "theirs" }, aws, Token)).Obstacles[0].Code);
        Assert.Equal("FilterNotOurs", (await AlarmPlanner.PlanAsync(Request with { Name = "filter-of-others" }, aws, Token)).Obstacles[0].Code);
        Assert.Equal("AlarmNotOurs", (await AlarmRemoval.PlanAsync("theirs", aws, Token)).Obstacles[0].Code);
        Assert.Equal("AlarmNotFound", (await AlarmRemoval.PlanAsync("nobodys", aws, Token)).Obstacles[0].Code);
    }

    [Fact]
    public async Task Nothing_is_made_with_a_pattern_that_misses_the_failures()
    {
        // Write-ups call this right; a field that is missing is never unequal.
        var request = Request with { FilterPattern = "{ ($.errorCode = \"AccessDenied\") && ($.vpcEndpointId != \"vpce-1a2b3c4d\") }" };
        var plan = await AlarmPlanner.PlanAsync(request, aws, Token);
        Assert.Equal("PatternMissesSamples", plan.Obstacles[0].Code);
        await Assert.ThrowsAsync<InvalidOperationException>(() => AlarmSetup.ApplyAsync(plan, aws, null, Token));
    }

    [Fact]
    public async Task Nothing_is_made_with_a_pattern_that_catches_what_is_no_failure()
    {
        var plan = await AlarmPlanner.PlanAsync(Request with { FilterPattern = "{ $.errorCode = \"*\" }" }, aws, Token);
        Assert.Equal("PatternCatchesOthers", plan.Obstacles[0].Code);
        Assert.Contains("user refused", plan.Obstacles[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pattern_of_the_users_own_is_tried_on_the_users_own_events()
    {
        var login = new SampleEvent("login", """{"eventName":"ConsoleLogin"}""", true);
        var request = new AlarmRequest { LogGroupName = LogGroup, FilterPattern = "{ $.eventName = \"ConsoleLogin\" }", Samples = [login] };
        var plan = await MakeAsync(request);
        Assert.True(Assert.Single(plan.Trials).IsRight);
        Assert.Null(plan.Cost);
        Assert.Equal("PatternMissesSamples", (await AlarmPlanner.PlanAsync(request with { FilterPattern = "{ $.eventName = \"Login\" }" }, aws, Token)).Obstacles[0].Code);
    }

    [Fact]
    public async Task A_log_group_has_to_be_there_and_to_take_filters()
    {
        Assert.Equal("LogGroupNotFound", (await AlarmPlanner.PlanAsync(Request with { LogGroupName = "trail" }, aws, Token)).Obstacles[0].Code);
    }

    [Fact]
    public async Task A_trail_that_is_stopped_is_a_finding()
    {
        await CallAsync("com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.StopLogging", """{"Name":"data-events"}""");
        var finding = Assert.Single((await AlarmPlanner.PlanAsync(Request, aws, Token)).Findings);
        Assert.Equal("LD0140", finding.Id);
        Assert.Contains("data-events is stopped", finding.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_group_for_infrequent_access_is_refused()
    {
        await CallAsync("Logs_20140328.CreateLogGroup", """{"logGroupName":"cheap","logGroupClass":"INFREQUENT_ACCESS"}""");
        Assert.Contains((await AlarmPlanner.PlanAsync(Request with { LogGroupName = "cheap" }, aws, Token)).Obstacles, o => o.Code == "LogGroupClass");
    }

    [Fact]
    public async Task A_log_group_may_be_named_by_its_arn()
    {
        var plan = await AlarmPlanner.PlanAsync(Request with { LogGroupName = $"arn:aws:logs:us-east-1:111122223333:log-group:{LogGroup}:*" }, aws, Token);
        Assert.Empty(plan.Obstacles);
        Assert.Equal(LogGroup, plan.LogGroupName);
    }

    [Theory]
    [InlineData("KmsMasterKeyId", "alias/aws/sns")]
    [InlineData("Policy", """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},"Action":"sns:Publish","Resource":"*"}]}""")]
    public async Task A_topic_that_hears_nothing_from_CloudWatch_is_a_finding(string attribute, string value)
    {
        var topic = await aws.AlarmTopics.CreateAsync("theirs", new Dictionary<string, string>(), Token);
        await QueryAsync(("Action", "SetTopicAttributes"), ("TopicArn", topic), ("AttributeName", attribute), ("AttributeValue", value));
        Assert.Contains((await AlarmPlanner.PlanAsync(Request with { Topic = topic }, aws, Token)).Findings, f => f.Id == "LD0142");
    }

    [Fact]
    public async Task Topics_elsewhere_or_nowhere_are_refused()
    {
        Assert.Equal("TopicElsewhere", (await AlarmPlanner.PlanAsync(Request with { Topic = "arn:aws:sns:eu-west-1:111122223333:alarms" }, aws, Token)).Obstacles[0].Code);
        Assert.Equal("TopicNotFound", (await AlarmPlanner.PlanAsync(Request with { Topic = "arn:aws:sns:us-east-1:111122223333:alarms" }, aws, Token)).Obstacles[0].Code);
    }

    [Fact]
    public async Task A_bucket_whose_data_events_nobody_records_is_a_finding()
    {
        var plan = await AlarmPlanner.PlanAsync(Request with { Values = new() { BucketName = "amzn-s3-demo-other" } }, aws, Token);
        Assert.Contains(plan.Findings, f => f.Id == "LD0141");
        Assert.DoesNotContain((await AlarmPlanner.PlanAsync(Request, aws, Token)).Findings, f => f.Id == "LD0141");
    }

    [Fact]
    public async Task Data_events_are_added_with_their_price_and_taken_out_again()
    {
        var trail = Assert.Single(await aws.Trails.ListAsync("us-east-1", Token)).TrailArn;
        var before = (await aws.DataEvents.GetAsync(trail, Token)).Value!;
        var request = Request with { Values = new() { BucketName = "amzn-s3-demo-other" }, AddDataEvents = true, RequestsPerMonth = 3_000_000 };
        var plan = await MakeAsync(request);
        var step = Assert.Single(plan.Steps, s => s.Part == AlarmPart.DataEvents);
        Assert.Contains("6.40 USD a month for 3000000 requests", step.Detail, StringComparison.Ordinal);
        var added = (await aws.DataEvents.GetAsync(trail, Token)).Value!;
        Assert.True(added.Records(new("PutObject", "arn:aws:s3:::amzn-s3-demo-other/AWSLogs/x", false)));
        Assert.False(added.Records(new("GetObject", "arn:aws:s3:::amzn-s3-demo-other/AWSLogs/x", true)));
        Assert.False((await AlarmPlanner.PlanAsync(request, aws, Token)).HasChanges);

        await RemoveAsync(plan.AlarmName);
        var after = (await aws.DataEvents.GetAsync(trail, Token)).Value!;
        Assert.Equal(before.Basic.Count, after.Basic.Count);
        Assert.Equal(before.Basic[0].DataResources[0].Values, after.Basic[0].DataResources[0].Values);
        Assert.False(after.Records(new("PutObject", "arn:aws:s3:::amzn-s3-demo-other/AWSLogs/x", false)));
    }

    [Fact]
    public async Task A_trail_is_not_made_to_record_its_own_bucket()
        => Assert.Equal("LogLoop", (await AlarmPlanner.PlanAsync(Request with { Values = new() { BucketName = TrailBucket }, AddDataEvents = true }, aws, Token)).Obstacles[0].Code);

    [Fact]
    public async Task An_alarm_is_read_with_what_keeps_it_silent()
    {
        await MakeAsync(Request);
        var alarm = await ReadAsync();
        Assert.True(alarm.IsManaged);
        Assert.True(alarm.CatchesKnownFailures);
        Assert.Equal(("DeliveryFailure", Bucket, LogGroup), (alarm.Preset, alarm.BucketName, alarm.LogGroupName));
        Assert.Equal(["LD0143"], alarm.Findings.Select(f => f.Id));
        await ConfirmAsync(alarm.AlarmActions[0], Address);
        Assert.Empty((await ReadAsync()).Findings);
    }

    [Fact]
    public async Task An_alarm_whose_filter_is_gone_has_a_metric_that_nothing_feeds()
    {
        await MakeAsync(Request);
        var filter = (await aws.MetricFilters.ListAsync(LogGroup, Token)).Single();
        await aws.MetricFilters.DeleteAsync(LogGroup, filter.Name, Token);
        Assert.Contains((await ReadAsync()).Findings, f => f.Id == "LD0145");
    }

    [Fact]
    public async Task Alarms_of_others_are_judged_by_the_failures_that_they_are_most_like()
    {
        await aws.MetricFilters.PutAsync(new() { LogGroupName = LogGroup, Name = "denied", Pattern = "{ ($.errorCode = \"AccessDenied\") && ($.eventName = \"PutObject\") }", MetricNamespace = "Logs", MetricName = "Denied", DefaultValue = 0 }, Token);
        await aws.MetricAlarms.PutAsync(new() { Name = "denied", MetricNamespace = "Logs", MetricName = "Denied", Statistic = "Average", Period = 300, EvaluationPeriods = 2, Threshold = 1, ComparisonOperator = "GreaterThanOrEqualToThreshold", TreatMissingData = "notBreaching" }, new Dictionary<string, string>(), Token);
        var alarm = Assert.Single(await ReadAllAsync(new() { LogGroupName = LogGroup }));
        Assert.False(alarm.IsManaged);
        Assert.False(alarm.CatchesKnownFailures);
        Assert.Equal(["LD0144", "LD0146", "LD0146", "LD0143"], alarm.Findings.Select(f => f.Id));
        Assert.Contains("KMS key disabled", alarm.Findings[0].Evidence, StringComparison.Ordinal);
        Assert.Empty(await ReadAllAsync(new()));
    }

    private static string Resources(string state) => state[..state.IndexOf("\"calls\"", StringComparison.Ordinal)];

    private async Task<AlarmPlan> MakeAsync(AlarmRequest request)
    {
        var plan = await AlarmPlanner.PlanAsync(request, aws, Token);
        Assert.Empty(plan.Obstacles);
        var outcome = await AlarmSetup.ApplyAsync(plan, aws, null, Token);
        Assert.True(outcome.Succeeded, outcome.Report);
        return plan;
    }

    private async Task<AlarmRemovalPlan> RemoveAsync(string name)
    {
        var plan = await AlarmRemoval.PlanAsync(name, aws, Token);
        Assert.Empty(plan.Obstacles);
        var outcome = await AlarmRemoval.ApplyAsync(plan, aws, null, Token);
        Assert.True(outcome.Succeeded, outcome.Report);
        return plan;
    }

    private async Task<LogDeliveryAlarm> ReadAsync() => Assert.Single(await ReadAllAsync(new()));

    private async Task<IReadOnlyList<LogDeliveryAlarm>> ReadAllAsync(AlarmQuery query)
    {
        var alarms = new List<LogDeliveryAlarm>();
        await foreach (var alarm in new AlarmReader(aws, query).ReadAsync(Token))
        {
            alarms.Add(alarm);
        }

        return alarms;
    }

    private Task ConfirmAsync(string topic, string token) => QueryAsync(("Action", "ConfirmSubscription"), ("TopicArn", topic), ("Token", token));

    private async Task QueryAsync(params (string Name, string Value)[] fields)
    {
        using var http = new HttpClient();
        using var form = new FormUrlEncodedContent([new("Version", "2010-03-31"), .. fields.Select(f => KeyValuePair.Create(f.Name, f.Value))]);
        (await http.PostAsync(server.Endpoint, form, Token)).EnsureSuccessStatusCode();
    }

    private async Task CallAsync(string target, string body)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, server.Endpoint) { Content = new StringContent(body) };
        request.Headers.Add("X-Amz-Target", target);
        (await http.SendAsync(request, Token)).EnsureSuccessStatusCode();
    }
}
