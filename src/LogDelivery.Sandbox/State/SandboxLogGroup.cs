namespace LogDelivery.Sandbox.State;

/// <summary>A CloudWatch Logs group.</summary>
internal sealed class SandboxLogGroup(string name, string account, string region, DateTimeOffset created)
{
    public string Name { get; } = name;

    public string Arn { get; } = $"arn:{SandboxState.PartitionOf(region)}:logs:{region}:{account}:log-group:{name}:*";

    public DateTimeOffset Created { get; } = created;

    public int? RetentionInDays { get; set; }

    public SortedDictionary<string, List<StoredEvent>> Streams { get; } = new(StringComparer.Ordinal);

    /// <summary>The log class, which decides which features the group supports.</summary>
    public string LogClass { get; init; } = "STANDARD";

    /// <summary>Keyed by name.</summary>
    public SortedDictionary<string, SandboxMetricFilter> MetricFilters { get; } = new(StringComparer.Ordinal);

    /// <summary>The measurements of the metric filters.</summary>
    public List<Measurement> Measurements { get; } = [];

    /// <summary>Keyed by name.</summary>
    public SortedDictionary<string, SandboxSubscriptionFilter> SubscriptionFilters { get; } = new(StringComparer.Ordinal);

    /// <summary>Events that were not sent to the subscription filters yet.</summary>
    public List<(string Stream, StoredEvent Event)> Unsent { get; } = [];

    public void Add(string stream, StoredEvent item)
    {
        if (!Streams.TryGetValue(stream, out var events))
        {
            Streams.Add(stream, events = []);
        }

        events.Add(item);
        if (SubscriptionFilters.Count > 0)
        {
            Unsent.Add((stream, item));
        }

        // A filter counts what comes after it was made; nothing is looked at again later.
        Measurements.AddRange(MetricFilters.Values.Select(f => f.Measure(item.Message)).OfType<Measurement>());
    }
}

/// <summary>One event in a log stream.</summary>
internal sealed record StoredEvent(string Id, DateTimeOffset Timestamp, DateTimeOffset Ingestion, string Message);
