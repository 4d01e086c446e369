namespace LogDelivery.Logs.Access;

/// <summary>Adds up accesses by bucket, kind and caller. Not for several threads at once.</summary>
internal sealed class AccessSummarizer
{
    private readonly Dictionary<(string? BucketName, S3AccessKind Access, string? Arn, S3CallerKind Caller, string? Name), S3ObjectAccessSummary> groups = [];

    /// <summary>Adds an access.</summary>
    /// <param name="access">The access.</param>
    public void Add(S3ObjectAccess access)
    {
        ArgumentNullException.ThrowIfNull(access);
        var key = (access.BucketName, access.AccessValue, access.Arn, access.CallerValue, access.CallerName);
        var group = groups.TryGetValue(key, out var known) ? known : new()
        {
            BucketName = access.BucketName,
            AccessValue = access.AccessValue,
            Arn = access.Arn,
            CallerValue = access.CallerValue,
            CallerName = access.CallerName,
            FirstTime = access.Time,
            LastTime = access.Time,
        };
        groups[key] = group with
        {
            Count = group.Count + 1,
            Errors = group.Errors + (access.ErrorCode is null ? 0 : 1),
            BytesTransferredIn = group.BytesTransferredIn + (access.BytesTransferredIn ?? 0),
            BytesTransferredOut = group.BytesTransferredOut + (access.BytesTransferredOut ?? 0),
            FirstTime = access.Time < group.FirstTime ? access.Time : group.FirstTime,
            LastTime = access.Time > group.LastTime ? access.Time : group.LastTime,
        };
    }

    /// <summary>The groups, by bucket, then by the number of bytes sent, largest first.</summary>
    public IReadOnlyList<S3ObjectAccessSummary> Finish() =>
    [
        .. groups.Values
            .OrderBy(g => g.BucketName, StringComparer.Ordinal)
            .ThenByDescending(g => g.BytesTransferredOut)
            .ThenByDescending(g => g.Count)
            .ThenBy(g => g.Arn, StringComparer.Ordinal)
            .ThenBy(g => g.AccessValue)
            .ThenBy(g => g.CallerName, StringComparer.Ordinal),
    ];
}
