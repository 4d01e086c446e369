using LogDelivery.Gateways;
using LogDelivery.Patterns;
using LogDelivery.Policies;
using LogDelivery.Sources;

namespace LogDelivery.Alarms;

/// <summary>Which alarms are asked for.</summary>
internal sealed record AlarmQuery
{
    /// <summary>Takes the names that are asked for.</summary>
    public Func<string, bool> NameMatches { get; init; } = _ => true;

    /// <summary>A log group: all alarms on its metric filters are looked at, whoever made them.</summary>
    public string? LogGroupName { get; init; }

    /// <summary>The bucket in the sample events, for alarms that do not tell it themselves.</summary>
    public string? BucketName { get; init; }

    /// <summary>Events of the user's own that the patterns have to catch.</summary>
    public IReadOnlyList<SampleEvent> Samples { get; init; } = [];
}

/// <summary>Looks at alarms: their state, and what would keep them silent. Nothing is written.</summary>
internal sealed class AlarmReader
{
    private readonly IAlarmGateways gateways;
    private readonly AlarmQuery query;
    private readonly Dictionary<string, LogGroupFeed> feeds = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (Readable<AlarmTopic> Topic, Readable<IReadOnlyList<TopicSubscription>> Subscriptions)> topics = new(StringComparer.Ordinal);

    /// <summary>Makes a reader.</summary>
    /// <param name="gateways">AWS.</param>
    /// <param name="query">Which alarms.</param>
    public AlarmReader(IAlarmGateways gateways, AlarmQuery query)
    {
        ArgumentNullException.ThrowIfNull(gateways);
        ArgumentNullException.ThrowIfNull(query);
        this.gateways = gateways;
        this.query = query;
    }

    /// <summary>Reads the alarms, one after the other, by name.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="AwsCallException">AWS does not answer, or not to this caller.</exception>
    public async IAsyncEnumerable<LogDeliveryAlarm> ReadAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var alarms = await gateways.MetricAlarms.ListAsync(null, cancellationToken).ConfigureAwait(false);
        var filters = await gateways.MetricFilters.ListAsync(null, cancellationToken).ConfigureAwait(false);
        foreach (var alarm in alarms.Where(a => query.NameMatches(a.Name)).OrderBy(a => a.Name, StringComparer.Ordinal))
        {
            var feeding = filters.Where(f => f.MetricNamespace == alarm.MetricNamespace && f.MetricName == alarm.MetricName).ToArray();
            var isAskedFor = query.LogGroupName is { } group
                ? Array.Exists(feeding, f => f.LogGroupName == group)
                : alarm.MetricNamespace == AlarmTags.Namespace;
            if (isAskedFor)
            {
                var filter = Array.Find(feeding, f => f.LogGroupName == query.LogGroupName) ?? feeding.FirstOrDefault();
                yield return await ReadAsync(alarm, filter, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task<LogDeliveryAlarm> ReadAsync(MetricAlarm alarm, MetricFilter? filter, CancellationToken cancellationToken)
    {
        // Tags that may not be read are no reason to show nothing: it is just not known who made the alarm.
        var tags = (await gateways.MetricAlarms.GetTagsAsync(alarm.Arn, cancellationToken).ConfigureAwait(false)).Value ?? new Dictionary<string, string>();
        var isManaged = tags.GetValueOrDefault(AlarmTags.Alarm) == alarm.Name;
        var preset = tags.GetValueOrDefault(AlarmTags.Preset) is { } id ? AlarmPresets.Find(id) : null;
        var bucket = tags.GetValueOrDefault(AlarmTags.Bucket) ?? query.BucketName;
        var findings = new List<Finding>();
        var trials = filter is null ? [] : Try(filter.Pattern, preset, bucket);
        if (trials.Where(t => t.Expected && !t.Matches).Select(t => t.Sample).ToArray() is { Length: > 0 } missed)
        {
            findings.Add(AlarmFindings.PatternMisses(missed));
        }

        if (filter is null)
        {
            findings.Add(AlarmFindings.NoFilter(alarm.MetricNamespace ?? string.Empty, alarm.MetricName ?? string.Empty));
        }
        else
        {
            var feed = await FeedOfAsync(filter.LogGroupName, cancellationToken).ConfigureAwait(false);
            findings.AddRange(feed.Inspect(preset?.Calls ?? WatchedCalls.None, bucket, Regions.PartitionOf(gateways.Region), AccountOf(alarm)));
        }

        findings.AddRange(AlarmSettings.Inspect(alarm, filter));
        var subscriptions = await InspectActionsAsync(alarm, findings, cancellationToken).ConfigureAwait(false);
        return new()
        {
            Name = alarm.Name,
            AlarmArn = alarm.Arn,
            State = alarm.State ?? string.Empty,
            StateReason = alarm.StateReason,
            StateUpdatedAt = alarm.StateUpdatedAt,
            IsManaged = isManaged,
            Preset = preset?.Id,
            BucketName = bucket,
            LogGroupName = filter?.LogGroupName ?? string.Empty,
            FilterName = filter?.Name ?? string.Empty,
            FilterPattern = filter?.Pattern,
            MetricNamespace = alarm.MetricNamespace ?? string.Empty,
            MetricName = alarm.MetricName ?? string.Empty,
            Statistic = alarm.Statistic,
            Period = alarm.Period,
            Threshold = alarm.Threshold,
            ComparisonOperator = alarm.ComparisonOperator,
            TreatMissingData = alarm.TreatMissingData,
            AlarmActions = [.. alarm.AlarmActions],
            Subscriptions = [.. subscriptions],
            Trials = [.. trials],
            CatchesKnownFailures = trials.Count == 0 ? null : trials.All(t => t.Matches || !t.Expected),
            Findings = [.. findings],
            Region = gateways.Region,
        };
    }

    // A pattern that others wrote is tried on the failures of the preset that it is most like: one that catches nothing of any
    // is about something else.
    private List<PatternTrial> Try(string text, AlarmPreset? preset, string? bucket)
    {
        if (!FilterPattern.TryParse(text, out var pattern, out _))
        {
            return [];
        }

        var values = new PresetValues { BucketName = bucket };
        var trials = preset is not null
            ? PatternTrial.Run(pattern, SamplesOf(preset, text, values))
            : AlarmPresets.All
                .Select(p => PatternTrial.Run(pattern, p.SamplesFor(values).Where(s => s.IsFailure)))
                .Where(r => r.Any(t => t.Matches))
                .MaxBy(r => (double)r.Count(t => t.Matches) / r.Count) ?? [];
        return [.. trials, .. PatternTrial.Run(pattern, query.Samples)];
    }

    // What the preset was made for beside the bucket stands in the pattern alone; its samples have to be those of the same limits.
    private static IEnumerable<SampleEvent> SamplesOf(AlarmPreset preset, string text, PresetValues values)
        => preset.SamplesFor(PresetLimits.ReadFrom(text, values));

    private async Task<LogGroupFeed> FeedOfAsync(string logGroupName, CancellationToken cancellationToken)
        => feeds.TryGetValue(logGroupName, out var known)
            ? known
            : feeds[logGroupName] = await LogGroupFeed.ReadAsync(gateways, logGroupName, cancellationToken).ConfigureAwait(false);

    private async Task<IReadOnlyList<TopicSubscription>> InspectActionsAsync(MetricAlarm alarm, List<Finding> findings, CancellationToken cancellationToken)
    {
        if (alarm.AlarmActions.Count == 0)
        {
            findings.Add(AlarmFindings.NobodyListens("The alarm has no action: its state changes, but nobody is told."));
            return [];
        }

        if (!alarm.ActionsEnabled)
        {
            findings.Add(AlarmFindings.NobodyListens("The actions of the alarm are switched off."));
        }

        var subscriptions = new List<TopicSubscription>();
        foreach (var action in alarm.AlarmActions.Where(a => Arn.TryParse(a, out var arn) && arn.Service == "sns"))
        {
            var (topic, listeners) = await TopicOfAsync(action, cancellationToken).ConfigureAwait(false);
            subscriptions.AddRange(listeners.Value ?? []);
            if (topic.IsMissing)
            {
                findings.Add(AlarmFindings.NobodyListens($"The topic {action} does not exist."));
            }
            else if (topic.Value is { } present && TopicCheck.Inspect(present, alarm.Arn, AccountOf(alarm)) is { } refusal)
            {
                findings.Add(refusal);
            }
            else if (listeners.Value is { } all && !all.Any(s => s.IsConfirmed))
            {
                findings.Add(AlarmFindings.NobodyListens(all.Count == 0 ? $"Nobody has subscribed to {action}." : $"Nobody has confirmed a subscription of {action}: {string.Join(", ", all.Select(s => s.Endpoint))}."));
            }
        }

        return subscriptions;
    }

    private async Task<(Readable<AlarmTopic> Topic, Readable<IReadOnlyList<TopicSubscription>> Subscriptions)> TopicOfAsync(string arn, CancellationToken cancellationToken)
    {
        if (!topics.TryGetValue(arn, out var known))
        {
            var topic = await gateways.AlarmTopics.FindAsync(arn, cancellationToken).ConfigureAwait(false);
            var listeners = topic.Value is null ? Readable.Missing<IReadOnlyList<TopicSubscription>>() : await gateways.AlarmTopics.ListSubscriptionsAsync(arn, cancellationToken).ConfigureAwait(false);
            topics[arn] = known = (topic, listeners);
        }

        return known;
    }

    private static string AccountOf(MetricAlarm alarm) => Arn.TryParse(alarm.Arn, out var arn) ? arn.AccountId : string.Empty;
}
