namespace LogDelivery.Logs.Destinations;

/// <summary>Which destinations are told of, and which buckets are expected. Immutable.</summary>
internal sealed record DestinationFilter
{
    private readonly string[] expected = [];

    /// <summary>
    /// The earliest time, in UTC, itself included: what was set or ended before is used to know what came before, and left out.
    /// </summary>
    public DateTime? After { get; init; }

    /// <summary>The latest time, in UTC, itself not included: later calls are taken as not made.</summary>
    public DateTime? Before { get; init; }

    /// <summary>The ids of the sources; all when empty.</summary>
    public IReadOnlyCollection<string> Sources { get; init; } = [];

    /// <summary>
    /// The buckets that logs should go to, by their names or ARNs; when empty, nothing is said about what is expected.
    /// </summary>
    public IReadOnlyCollection<string> ExpectedBucketNames
    {
        get => expected;
        init => expected = [.. value.Select(n => S3Place.Of(n).BucketName ?? n)];
    }

    /// <summary>Whether each call is given, and not only what is left in the end.</summary>
    public bool IncludeAll { get; init; }

    internal bool? Expects(string? bucket) => bucket is null || expected.Length == 0 ? null : expected.Contains(bucket);

    internal bool TakesSource(string source) => Sources.Count == 0 || Sources.Contains(source, StringComparer.OrdinalIgnoreCase);

    internal bool TakesTime(DateTime time, DateTime? endTime) => !(time < After) || endTime >= After;
}
