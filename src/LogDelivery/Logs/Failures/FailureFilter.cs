namespace LogDelivery.Logs.Failures;

/// <summary>Which refusals are looked for. Immutable.</summary>
internal sealed record FailureFilter
{
    /// <summary>The earliest time, in UTC, itself included.</summary>
    public DateTime? After { get; init; }

    /// <summary>The latest time, in UTC, itself not included.</summary>
    public DateTime? Before { get; init; }

    /// <summary>The buckets; all when empty.</summary>
    public IReadOnlyCollection<string> BucketNames { get; init; } = [];

    /// <summary>The ids of the sources; all when empty.</summary>
    public IReadOnlyCollection<string> Sources { get; init; } = [];

    /// <summary>Whether noise and refusals of others than delivery sources are given, too.</summary>
    public bool IncludeAll { get; init; }

    internal bool TakesTime(DateTime time) => !(time < After) && !(time >= Before);

    internal bool TakesBucket(string? bucket) => BucketNames.Count == 0 || (bucket is not null && BucketNames.Contains(bucket));

    internal bool TakesSource(string? source) => Sources.Count == 0 || (source is not null && Sources.Contains(source, StringComparer.OrdinalIgnoreCase));
}
