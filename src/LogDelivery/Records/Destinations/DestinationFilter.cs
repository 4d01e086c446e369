namespace LogDelivery.Records;

/// <summary>Which destinations are told of, and which buckets are expected. Immutable.</summary>
public sealed record DestinationFilter
{
    /// <summary>
    /// The earliest time, in UTC, itself included: what was set or ended before is used to know what came before, and left out.
    /// </summary>
    public DateTime? After { get; init; }

    /// <summary>The latest time, in UTC, itself not included: later calls are taken as not made.</summary>
    public DateTime? Before { get; init; }

    /// <summary>The ids of the sources; all when empty.</summary>
    public IReadOnlyCollection<string> Sources { get; init; } = [];

    /// <summary>The buckets that logs should go to; when empty, nothing is said about what is expected.</summary>
    public IReadOnlyCollection<string> ExpectedBucketNames { get; init; } = [];

    /// <summary>Whether each call is given, and not only what is left in the end.</summary>
    public bool IncludeAll { get; init; }

    internal bool? Expects(string? bucket) => bucket is null || ExpectedBucketNames.Count == 0 ? null : ExpectedBucketNames.Contains(bucket);

    internal bool TakesSource(string source) => Sources.Count == 0 || Sources.Contains(source, StringComparer.OrdinalIgnoreCase);

    internal bool TakesTime(DateTime time, DateTime? endTime) => !(time < After) || endTime >= After;
}
