using System.Text;
using LogDelivery.Logs.Shapes;

namespace LogDelivery.Logs.Access;

/// <summary>Selects accesses to objects.</summary>
internal sealed record AccessFilter
{
    /// <summary>The earliest time, in UTC.</summary>
    public DateTime? After { get; init; }

    /// <summary>The time before which the requests were made, in UTC.</summary>
    public DateTime? Before { get; init; }

    /// <summary>The buckets; all when empty.</summary>
    public IReadOnlyList<string> BucketNames { get; init; } = [];

    /// <summary>The prefix of the keys; <see langword="null"/> selects all keys and requests without a key.</summary>
    public string? KeyPrefix { get; init; }

    /// <summary>The kinds of access; empty selects all.</summary>
    public IReadOnlyList<S3AccessKind> Access { get; init; } = [];

    /// <summary>The kinds of caller; empty selects all.</summary>
    public IReadOnlyList<S3CallerKind> Callers { get; init; } = [];

    /// <summary>The least bytes that were transferred one way; 0 for any.</summary>
    public long MinimumBytes { get; init; }

    /// <summary>The callers to leave out.</summary>
    public KnownCallers Exclude { get; init; } = new([]);

    internal bool Takes(S3Request request, S3AccessKind kind, CallerClass caller)
        => (After is not { } after || request.Time >= after)
            && (Before is not { } before || request.Time < before)
            && (BucketNames.Count == 0 || BucketNames.Contains(request.BucketName, StringComparer.OrdinalIgnoreCase))
            && (KeyPrefix is null || request.Key?.StartsWith(KeyPrefix, StringComparison.Ordinal) == true)
            && (Access.Count == 0 || Access.Contains(kind))
            && (Callers.Count == 0 || Callers.Contains(caller.Kind))
            && (MinimumBytes <= 0 || request.BytesIn >= MinimumBytes || request.BytesOut >= MinimumBytes)
            && !(Exclude is { IsEmpty: false } known && known.Contain(request, caller));

    internal S3RequestFilter ToRaw() => new RawAccess(BucketNames.Count == 1 ? Encoding.UTF8.GetBytes(BucketNames[0]) : []);

    /// <summary>An event of S3 has the service's name in it, and the bucket's.</summary>
    private sealed class RawAccess(byte[] bucket) : S3RequestFilter
    {
        public override bool MayMatter(in LogRecord record)
            => (record.Bytes.IndexOf("s3"u8) >= 0 && (bucket.Length == 0 || record.Bytes.IndexOf(bucket) >= 0)) || record.MayHideText;

        public override bool MayMatter(ReadOnlySpan<byte> signatureVersion) => true;
    }
}
