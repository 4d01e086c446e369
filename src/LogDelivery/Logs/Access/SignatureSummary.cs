namespace LogDelivery.Logs.Access;

/// <summary>Adds up uses of signatures by ARN, user agent, bucket and version. Not for several threads at once.</summary>
internal sealed class SignatureSummary
{
    private readonly Dictionary<(string? Arn, string? UserAgent, string? BucketName, string Version), (long Count, DateTime First, DateTime Last)> groups = [];

    /// <summary>Adds the result of another scan.</summary>
    /// <param name="usage">A group.</param>
    public void Add(S3SignatureUsage usage)
    {
        ArgumentNullException.ThrowIfNull(usage);
        Add((usage.Arn, usage.UserAgent, usage.BucketName, usage.Version), usage.Count, usage.FirstSeen, usage.LastSeen);
    }

    internal void Add(S3Request request) => Add((request.Arn, request.UserAgent, request.BucketName, request.SignatureVersion!), 1, request.Time, request.Time);

    /// <summary>The groups: those with the most requests first, and by name among equals.</summary>
    public IReadOnlyList<S3SignatureUsage> Finish() =>
    [
        .. groups
            .Select(g => new S3SignatureUsage
            {
                Arn = g.Key.Arn,
                UserAgent = g.Key.UserAgent,
                BucketName = g.Key.BucketName,
                Version = g.Key.Version,
                Count = g.Value.Count,
                FirstSeen = g.Value.First,
                LastSeen = g.Value.Last,
            })
            .OrderByDescending(u => u.Count)
            .ThenBy(u => u.Arn, StringComparer.Ordinal)
            .ThenBy(u => u.BucketName, StringComparer.Ordinal)
            .ThenBy(u => u.UserAgent, StringComparer.Ordinal)
            .ThenBy(u => u.Version, StringComparer.Ordinal),
    ];

    private void Add((string?, string?, string?, string) key, long count, DateTime first, DateTime last)
        => groups[key] = groups.TryGetValue(key, out var group)
            ? (group.Count + count, first < group.First ? first : group.First, last > group.Last ? last : group.Last)
            : (count, first, last);
}
