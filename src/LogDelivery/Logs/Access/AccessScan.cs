using System.Collections.Concurrent;
using LogDelivery.Logs.Files;
using LogDelivery.Logs.Scan;

namespace LogDelivery.Logs.Access;

/// <summary>
/// Finds accesses that read, wrote, deleted or listed objects: in CloudTrail data events, wrapped or not, and in access
/// logs of both forms, several files at a time, in the order of the files and of the records in them.
/// </summary>
internal sealed class AccessScan
{
    private readonly AccessFilter filter;
    private readonly ReadTally tally;
    private readonly ConcurrentDictionary<string, Finding> findings = new(StringComparer.Ordinal);
    private long excluded;

    /// <summary>Creates a scan.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="tally">Records damage and counts what is read.</param>
    public AccessScan(AccessFilter filter, ReadTally tally)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentNullException.ThrowIfNull(tally);
        this.filter = filter;
        this.tally = tally;
    }

    /// <summary>The number of files read at a time.</summary>
    public int Workers { get; init; } = Math.Clamp(Environment.ProcessorCount, 1, 16);

    /// <summary>The number of accesses left out because their callers are known or the filter excludes them.</summary>
    public long LeftOutCount => Interlocked.Read(ref excluded);

    /// <summary>
    /// Problems of the trails that the logs reveal, once for each bucket, even when the accesses that reveal them were left
    /// out.
    /// </summary>
    public IReadOnlyList<Finding> Findings => [.. findings.Values.OrderBy(f => f.Id, StringComparer.Ordinal).ThenBy(f => f.Evidence, StringComparer.Ordinal)];

    /// <summary>Reads the files.</summary>
    /// <param name="sources">The files and objects; taken as they are needed.</param>
    /// <param name="onWait">Called on the caller's thread several times a second, to report progress.</param>
    /// <param name="cancellationToken">Stops at once; results found so far have been returned.</param>
    /// <exception cref="OperationCanceledException">The scan was stopped.</exception>
    public IEnumerable<S3ObjectAccess> Run(IEnumerable<LogObject> sources, Action? onWait = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sources);
        return new OrderedFanOut<S3ObjectAccess>(Read) { Workers = Workers, OnWait = onWait }.Run(sources, cancellationToken);
    }

    private void Read(LogObject source, Action<S3ObjectAccess> found, CancellationToken cancel)
        => S3RequestReader.Read(source, tally, filter.ToRaw(), (request, position) => Take(request, source.Name, position, found), cancel);

    private void Take(S3Request request, string file, long position, Action<S3ObjectAccess> found)
    {
        if (ObjectOperations.KindOf(request) is not { } kind)
        {
            return;
        }

        var traps = LogTraps.Of(request, kind);
        foreach (var trap in traps)
        {
            findings.TryAdd($"{trap.Id} {trap.Evidence}", trap);
        }

        var caller = CallerClass.Of(request);
        if (!filter.Takes(request, kind, caller))
        {
            Interlocked.Increment(ref excluded);
            return;
        }

        found(new()
        {
            Time = request.Time,
            AccessValue = kind,
            Operation = request.Operation,
            BucketName = request.BucketName,
            Key = request.Key,
            Arn = request.Arn,
            AccountId = request.AccountId,
            CallerValue = caller.Kind,
            CallerName = caller.Name,
            IsCrossAccount = request.IsCrossAccount,
            SourceIPAddress = request.SourceAddress,
            VpcEndpointId = request.VpcEndpointId,
            UserAgent = request.UserAgent,
            BytesTransferredIn = request.BytesIn,
            BytesTransferredOut = request.BytesOut,
            ErrorCode = request.ErrorCode,
            Region = request.Region,
            RequestId = request.RequestId,
            EvidenceValue = request.Evidence,
            IsAmbiguous = request.IsAmbiguous,
            File = file,
            Position = position,
            Findings = [.. traps],
        });
    }
}
