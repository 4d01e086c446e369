using System.Text.Json;
using LogDelivery.Gateways;

namespace LogDelivery.Tests.Alarms;

/// <summary>
/// AWS as far as alarms see it, in memory. The writes are counted, and any one of them can be made to fail, before or after it
/// has taken effect, as calls do whose answer is lost.
/// </summary>
internal sealed class AlarmWorld : IAlarmGateways, IAccountGateway, IMetricFilterGateway, IMetricAlarmGateway, IAlarmTopicGateway, ITrailGateway, IDataEventGateway
{
    public const string Account = "111122223333";
    public const string LogGroup = "trail-events";
    public const string TrailArn = $"arn:aws:cloudtrail:us-east-1:{Account}:trail/data-events";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public SortedDictionary<string, MetricFilter> FilterByName { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, MetricAlarm> AlarmByName { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, Dictionary<string, string>> TagsByArn { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, List<TopicSubscription>> TopicByArn { get; } = new(StringComparer.Ordinal);

    public EventSelection Selection { get; set; } = new([new BasicEventSelector()], []);

    /// <summary>How many writes still succeed; <see langword="null"/> for all.</summary>
    public int? WritesLeft { get; set; }

    /// <summary>Whether the write that fails takes effect all the same.</summary>
    public bool FailsLate { get; set; }

    public string Region => "us-east-1";

    IAccountGateway IAlarmGateways.Account => this;

    IMetricFilterGateway IAlarmGateways.MetricFilters => this;

    IMetricAlarmGateway IAlarmGateways.MetricAlarms => this;

    IAlarmTopicGateway IAlarmGateways.AlarmTopics => this;

    ITrailGateway IAlarmGateways.Trails => this;

    IDataEventGateway IAlarmGateways.DataEvents => this;

    /// <summary>Everything that is there, for comparison.</summary>
    public override string ToString() => JsonSerializer.Serialize(new { FilterByName, AlarmByName, TagsByArn, TopicByArn, Selection }, Indented);

    public static string TopicArn(string name) => $"arn:aws:sns:us-east-1:{Account}:{name}";

    Task<CallerIdentity> IAccountGateway.GetIdentityAsync(CancellationToken cancellationToken) => Task.FromResult(new CallerIdentity(Account, $"arn:aws:iam::{Account}:user/alice"));

    Task<IReadOnlyList<string>> IAccountGateway.GetEnabledRegionsAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    Task<Readable<string>> IAccountGateway.GetOrganizationIdAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    Task<Readable<WatchedLogGroup>> IMetricFilterGateway.FindLogGroupAsync(string logGroupName, CancellationToken cancellationToken)
        => Task.FromResult(Readable.Found(new WatchedLogGroup(logGroupName, $"arn:aws:logs:us-east-1:{Account}:log-group:{logGroupName}", "STANDARD")));

    Task<IReadOnlyList<MetricFilter>> IMetricFilterGateway.ListAsync(string? logGroupName, CancellationToken cancellationToken)
        => Task.FromResult<IReadOnlyList<MetricFilter>>([.. FilterByName.Values.Where(f => logGroupName is null || f.LogGroupName == logGroupName)]);

    Task IMetricFilterGateway.PutAsync(MetricFilter filter, CancellationToken cancellationToken) => Write(() => FilterByName[filter.Name] = filter);

    Task IMetricFilterGateway.DeleteAsync(string logGroupName, string filterName, CancellationToken cancellationToken) => Write(() => FilterByName.Remove(filterName));

    Task<IReadOnlyList<bool>> IMetricFilterGateway.TestAsync(string pattern, IReadOnlyList<string> messages, CancellationToken cancellationToken)
        => throw new AwsCallException(AwsErrorKind.AccessDenied, "AccessDenied", "No.");

    Task<IReadOnlyList<MetricAlarm>> IMetricAlarmGateway.ListAsync(string? namePrefix, CancellationToken cancellationToken)
        => Task.FromResult<IReadOnlyList<MetricAlarm>>([.. AlarmByName.Values]);

    Task<MetricAlarm?> IMetricAlarmGateway.FindAsync(string name, CancellationToken cancellationToken) => Task.FromResult(AlarmByName.GetValueOrDefault(name));

    Task IMetricAlarmGateway.PutAsync(MetricAlarm alarm, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken) => Write(() =>
    {
        if (!AlarmByName.ContainsKey(alarm.Name))
        {
            TagsByArn[alarm.Arn] = new(tags, StringComparer.Ordinal);
        }

        AlarmByName[alarm.Name] = alarm;
    });

    Task IMetricAlarmGateway.DeleteAsync(string name, CancellationToken cancellationToken) => Write(() =>
    {
        TagsByArn.Remove(AlarmByName[name].Arn);
        AlarmByName.Remove(name);
    });

    Task<Readable<IReadOnlyDictionary<string, string>>> IMetricAlarmGateway.GetTagsAsync(string arn, CancellationToken cancellationToken) => Tags(arn);

    Task IMetricAlarmGateway.TagAsync(string arn, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken) => Write(() =>
    {
        foreach (var (key, value) in tags)
        {
            TagsByArn[arn][key] = value;
        }
    });

    Task<Readable<AlarmTopic>> IAlarmTopicGateway.FindAsync(string topicArn, CancellationToken cancellationToken)
        => Task.FromResult(TopicByArn.ContainsKey(topicArn) ? Readable.Found(new AlarmTopic(topicArn, null, null)) : Readable.Missing<AlarmTopic>());

    async Task<string> IAlarmTopicGateway.CreateAsync(string name, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken)
    {
        await Write(() =>
        {
            if (TopicByArn.TryAdd(TopicArn(name), []))
            {
                TagsByArn[TopicArn(name)] = new(tags, StringComparer.Ordinal);
            }
        });
        return TopicArn(name);
    }

    Task IAlarmTopicGateway.DeleteAsync(string topicArn, CancellationToken cancellationToken) => Write(() =>
    {
        TopicByArn.Remove(topicArn);
        TagsByArn.Remove(topicArn);
    });

    Task<Readable<IReadOnlyDictionary<string, string>>> IAlarmTopicGateway.GetTagsAsync(string topicArn, CancellationToken cancellationToken)
        => TopicByArn.ContainsKey(topicArn) ? Tags(topicArn) : Task.FromResult(Readable.Missing<IReadOnlyDictionary<string, string>>());

    Task<Readable<IReadOnlyList<TopicSubscription>>> IAlarmTopicGateway.ListSubscriptionsAsync(string topicArn, CancellationToken cancellationToken)
        => Task.FromResult(TopicByArn.TryGetValue(topicArn, out var all) ? Readable.Found<IReadOnlyList<TopicSubscription>>([.. all]) : Readable.Missing<IReadOnlyList<TopicSubscription>>());

    // Everybody confirms at once, so that everything can be removed again.
    Task IAlarmTopicGateway.SubscribeEmailAsync(string topicArn, string address, CancellationToken cancellationToken) => Write(() =>
    {
        if (!TopicByArn[topicArn].Exists(s => s.Endpoint == address))
        {
            TopicByArn[topicArn].Add(new("email", address, $"{topicArn}:{address}"));
        }
    });

    Task IAlarmTopicGateway.UnsubscribeAsync(string subscriptionArn, CancellationToken cancellationToken)
        => Write(() => TopicByArn[subscriptionArn[..subscriptionArn.LastIndexOf(':')]].RemoveAll(s => s.Arn == subscriptionArn));

    Task<IReadOnlyList<TrailConfiguration>> ITrailGateway.ListAsync(string region, CancellationToken cancellationToken)
        => Task.FromResult<IReadOnlyList<TrailConfiguration>>([new() { TrailArn = TrailArn, Name = "data-events", BucketName = "amzn-s3-demo-trail-logs", LogGroupArn = $"arn:aws:logs:us-east-1:{Account}:log-group:{LogGroup}:*" }]);

    Task<TrailStatus> ITrailGateway.GetStatusAsync(string region, string trailArn, CancellationToken cancellationToken) => Task.FromResult(new TrailStatus { IsLogging = true });

    Task<IReadOnlyList<PolicyWriteEvent>> ITrailGateway.FindPolicyWritesAsync(string region, string bucketName, DateTime since, CancellationToken cancellationToken) => throw new NotSupportedException();

    Task<Readable<EventSelection>> IDataEventGateway.GetAsync(string trailArn, CancellationToken cancellationToken) => Task.FromResult(Readable.Found(Selection));

    Task IDataEventGateway.PutAsync(string trailArn, EventSelection selection, CancellationToken cancellationToken) => Write(() => Selection = selection);

    private Task<Readable<IReadOnlyDictionary<string, string>>> Tags(string arn)
        => Task.FromResult(Readable.Found<IReadOnlyDictionary<string, string>>(new Dictionary<string, string>(TagsByArn.GetValueOrDefault(arn) ?? [])));

    private Task Write(Action change)
    {
        var fails = WritesLeft is 0;
        WritesLeft = fails ? null : WritesLeft - 1;
        if (!fails || FailsLate)
        {
            change();
        }

        return fails ? Task.FromException(new AwsCallException(AwsErrorKind.Timeout, "Timeout", "No answer.")) : Task.CompletedTask;
    }
}
