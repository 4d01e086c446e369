using System.Text;
using LogDelivery.Logs.CloudTrail;
using LogDelivery.Logs.Failures;
using LogDelivery.Logs.Shapes;
using LogDelivery.Sources;

namespace LogDelivery.Logs.Destinations;

/// <summary>
/// What the logs say of writes into the buckets that are expected: who of the delivery sources tried to, and until when such writes
/// were recorded at all. Of one file; <see cref="Merge"/> may be called from several threads.
/// </summary>
/// <param name="buckets">The buckets; without any there is nothing to watch.</param>
internal sealed class ExpectedBucketWrites(IReadOnlyCollection<string> buckets)
{
    // In an access log a role of the customer's looks the same whether a service or a program uses it.
    private static readonly string[] WrittenByRoles = [.. SourceCatalog.All.Where(s => s.Family == DeliveryFamily.CustomerRole || s.TriesRoleFirst).Select(s => s.Id)];

    private readonly byte[][] names = [.. buckets.Select(Encoding.UTF8.GetBytes)];
    private readonly Dictionary<(string Bucket, string Source, string? AccountId), DateTime> attempts = [];
    private readonly Dictionary<string, DateTime> writes = new(StringComparer.Ordinal);

    /// <summary>Whether there is nothing to watch.</summary>
    public bool IsIdle => names.Length == 0;

    /// <summary>Whether a CloudTrail record may be about one of the buckets: what is turned away is not.</summary>
    public bool MayMatter(in LogRecord record)
    {
        foreach (var name in names)
        {
            if (record.Bytes.IndexOf(name) >= 0)
            {
                return true;
            }
        }

        return !IsIdle && record.MayHideText;
    }

    /// <summary>Notes a request.</summary>
    public void Add(DeliveryAttempt attempt)
    {
        if (attempt.BucketName is not { } bucket || !buckets.Contains(bucket))
        {
            return;
        }

        if (attempt.Action == S3Operation.PutObject)
        {
            Keep(writes, bucket, attempt.Time);
        }

        foreach (var source in SourcesOf(attempt))
        {
            Keep(attempts, (bucket, source, AccountOf(attempt)), attempt.Time);
        }
    }

    /// <summary>Adds what was seen in a file.</summary>
    public void Merge(ExpectedBucketWrites file)
    {
        lock (attempts)
        {
            foreach (var (attempt, time) in file.attempts)
            {
                Keep(attempts, attempt, time);
            }

            foreach (var (bucket, time) in file.writes)
            {
                Keep(writes, bucket, time);
            }
        }
    }

    /// <summary>The last write into a bucket, by whomever; <see langword="null"/> when none was logged.</summary>
    public DateTime? LastWrite(string bucket) => writes.TryGetValue(bucket, out var time) ? time : null;

    /// <summary>
    /// Whether a source may have tried to deliver into a bucket at a time or later. A request that does not tell its source or its
    /// account may be of several.
    /// </summary>
    public bool HasAttempt(string bucket, string source, string? accountId, DateTime since)
        => attempts.Any(a => a.Value >= since
            && a.Key.Bucket == bucket
            && a.Key.Source == source
            && (a.Key.AccountId is null || accountId is null || a.Key.AccountId == accountId));

    // Checks of the bucket come with the call that sets it, and are no delivery; a refused one may be all there is of it.
    private static IEnumerable<string> SourcesOf(DeliveryAttempt attempt)
        => !attempt.IsByDeliverySource ? attempt.Action == S3Operation.PutObject ? WrittenByRoles : []
            : S3Operation.Writes(attempt.Action) || (attempt.IsRefused && attempt.Kind != DeliveryFailureKind.Noise) ? attempt.PossibleSources
            : [];

    // Of whom a file is, only its key tells; the trail that has the event may be that of the bucket's owner.
    private static string? AccountOf(DeliveryAttempt attempt)
        => attempt.IsByDeliverySource && attempt.Key is { } key ? DeliveredKey.Parse(key).AccountId : null;

    private static void Keep<T>(Dictionary<T, DateTime> last, T key, DateTime time)
        where T : notnull
        => last[key] = last.TryGetValue(key, out var known) && known > time ? known : time;
}
