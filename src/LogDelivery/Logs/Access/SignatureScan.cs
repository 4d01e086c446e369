using System.Runtime.ExceptionServices;
using LogDelivery.Logs.Files;
using LogDelivery.Logs.Scan;

namespace LogDelivery.Logs.Access;

/// <summary>
/// Finds the signature versions of requests to S3: in CloudTrail data events (<c>additionalEventData.SignatureVersion</c>)
/// and in access logs of both forms. Source: S3 user guide, cloudtrail-request-identification. A request that is in both
/// kinds of log is counted twice; pass one kind.
/// </summary>
internal sealed class SignatureScan
{
    private readonly SignatureFilter filter;
    private readonly ReadTally tally;
    private readonly List<SignatureSummary> unfinished = [];

    /// <summary>Creates a scan.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="tally">Records damage and counts what is read.</param>
    public SignatureScan(SignatureFilter filter, ReadTally tally)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentNullException.ThrowIfNull(tally);
        this.filter = filter;
        this.tally = tally;
    }

    /// <summary>The number of files read at a time.</summary>
    public int Workers { get; init; } = Math.Clamp(Environment.ProcessorCount, 1, 16);

    /// <summary>Reads the files. Returns the part of each group in one file; <see cref="SignatureSummary"/> adds them up.</summary>
    /// <param name="sources">The files and objects; taken as they are needed.</param>
    /// <param name="onWait">Called on the caller's thread several times a second, to report progress.</param>
    /// <param name="cancellationToken">Stops at once; results found so far have been returned.</param>
    /// <exception cref="OperationCanceledException">The scan was stopped.</exception>
    public IEnumerable<S3SignatureUsage> Run(IEnumerable<LogObject> sources, Action? onWait = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sources);
        return Give(sources, onWait, cancellationToken);
    }

    private IEnumerable<S3SignatureUsage> Give(IEnumerable<LogObject> sources, Action? onWait, CancellationToken cancellationToken)
    {
        using var groups = new OrderedFanOut<S3SignatureUsage>(Read) { Workers = Workers, OnWait = onWait }.Run(sources, cancellationToken).GetEnumerator();
        OperationCanceledException? stop;
        while (MoveNext(groups, out stop))
        {
            yield return groups.Current;
        }

        foreach (var group in Unfinished())
        {
            yield return group;
        }

        if (stop is not null)
        {
            ExceptionDispatchInfo.Throw(stop);
        }
    }

    private static bool MoveNext(IEnumerator<S3SignatureUsage> groups, out OperationCanceledException? stop)
    {
        try
        {
            stop = null;
            return groups.MoveNext();
        }
        catch (OperationCanceledException exception)
        {
            stop = exception;
            return false;
        }
    }

    // A thread that hangs in a read may still hold one of them.
    private List<S3SignatureUsage> Unfinished()
    {
        lock (unfinished)
        {
            var found = new List<S3SignatureUsage>();
            foreach (var groups in unfinished)
            {
                lock (groups)
                {
                    found.AddRange(groups.Finish());
                }
            }

            return found;
        }
    }

    private void Read(LogObject source, Action<S3SignatureUsage> found, CancellationToken cancel)
    {
        var groups = new SignatureSummary();
        lock (unfinished)
        {
            unfinished.Add(groups);
        }

        S3RequestReader.Read(
            source,
            tally,
            filter.ToRaw(),
            (request, _) =>
            {
                if (!filter.Takes(request))
                {
                    return;
                }

                lock (groups)
                {
                    groups.Add(request);
                }
            },
            cancel);
        lock (unfinished)
        {
            unfinished.Remove(groups);
        }

        foreach (var group in groups.Finish())
        {
            found(group);
        }
    }
}
