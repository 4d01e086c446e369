using LogDelivery.Aws.Clients;
using LogDelivery.Aws.Objects;
using LogDelivery.Gateways;
using LogDelivery.Logs.Files;

namespace LogDelivery.Aws;

/// <summary>
/// Log objects of S3. They are listed on demand, and the next ones are downloaded while one is read: at most <see
/// cref="ObjectsAhead"/> at a time, and no more than 24 MB of them in memory.
/// </summary>
internal sealed class S3Logs
{
    private const int ObjectsAhead = 16;
    private const long BytesAhead = 24L << 20;
    private const long LargestAhead = 8L << 20;

    private readonly ClientPool clients;
    private readonly IBucketGateway buckets;
    private readonly string region;

    internal S3Logs(ClientPool clients, IBucketGateway buckets, string region)
    {
        this.clients = clients;
        this.buckets = buckets;
        this.region = region;
    }

    /// <summary>The objects below a prefix that can hold records of a range of time, in the order of their keys.</summary>
    /// <param name="url">The bucket and the prefix.</param>
    /// <param name="range">The range.</param>
    /// <param name="tally">Counts objects and records failed listings.</param>
    /// <param name="cancellationToken">Stops listing and downloading.</param>
    /// <exception cref="OperationCanceledException">Reading was stopped.</exception>
    public IEnumerable<LogObject> Find(S3Url url, LogKeyRange range, ReadTally tally, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(url);
        ArgumentNullException.ThrowIfNull(range);
        ArgumentNullException.ThrowIfNull(tally);
        return Ahead(List(url, range, tally, cancellationToken));
    }

    private IEnumerable<S3LogObject> List(S3Url url, LogKeyRange range, ReadTally tally, CancellationToken cancellationToken)
    {
        if (OpenBucket(url, tally, cancellationToken) is not { } bucket)
        {
            yield break;
        }

        var any = false;
        var entries = new S3Listing(bucket, url.KeyPrefix, range).ReadAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        try
        {
            while (MoveNext(entries, url, tally))
            {
                var entry = entries.Current;
                any = true;

                // Consoles make empty objects of this kind to show a folder.
                if (entry.Size is null or 0 && entry.Key.EndsWith('/'))
                {
                    continue;
                }

                tally.AddFound();
                yield return new(bucket, entry.Key, entry.Size ?? 0, cancellationToken);
            }
        }
        finally
        {
            entries.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }

        if (!any && !tally.Damages.Any(d => d.File == url.ToString()))
        {
            tally.Report(new(url.ToString(), null, DamageKind.NotFound, range.IsEverything ? "No object's key begins like this." : "No object's key begins like this in that range of time."));
        }
    }

    private static IEnumerable<LogObject> Ahead(IEnumerable<S3LogObject> objects)
    {
        var budget = new DownloadBudget(BytesAhead, LargestAhead);
        var ahead = new Queue<S3LogObject>();
        try
        {
            using var source = objects.GetEnumerator();
            var more = true;
            while (true)
            {
                while (ahead.Count < ObjectsAhead && (more = more && source.MoveNext()))
                {
                    source.Current.Begin(budget);
                    ahead.Enqueue(source.Current);
                }

                if (!ahead.TryDequeue(out var next))
                {
                    yield break;
                }

                yield return next;
            }
        }
        finally
        {
            foreach (var unread in ahead)
            {
                unread.Dispose();
            }
        }
    }

    private S3Bucket? OpenBucket(S3Url url, ReadTally tally, CancellationToken cancellationToken)
    {
        try
        {
            var place = buckets.FindAsync(url.BucketName, cancellationToken).GetAwaiter().GetResult();
            if (!place.IsMissing)
            {
                return new(clients, url.BucketName, place.Value?.Region ?? region);
            }

            tally.Report(new(url.ToString(), null, DamageKind.NotFound, $"There is no bucket {url.BucketName}."));
        }
        catch (AwsCallException exception)
        {
            tally.Report(S3Failure.OfListing(url, exception));
        }

        return null;
    }

    private static bool MoveNext(IAsyncEnumerator<Amazon.S3.Model.S3Object> entries, S3Url url, ReadTally tally)
    {
        try
        {
            return entries.MoveNextAsync().AsTask().GetAwaiter().GetResult();
        }
        catch (AwsCallException exception)
        {
            tally.Report(S3Failure.OfListing(url, exception));
            return false;
        }
    }
}
