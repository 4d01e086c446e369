using LogDelivery.Logs.Files;
using LogDelivery.Logs.Scan;

namespace LogDelivery.Logs.Failures;

/// <summary>
/// Finds every refused attempt to deliver in log files of any shape, several files at a time. The objects come in the order of
/// the files and of the records in them, while reading goes on. Memory is bounded whatever the size of the logs.
/// </summary>
internal sealed class FailureScan
{
    private readonly FailureFilter filter;
    private readonly ReadTally tally;
    private readonly DeliverySuccesses? successes;
    private long noise;

    /// <summary>Creates a scan.</summary>
    /// <param name="filter">What is looked for.</param>
    /// <param name="tally">Where damage is noted and everything is counted.</param>
    /// <param name="successes">
    /// Where successful deliveries are noted, so that it can be told which failures were mended; <see langword="null"/> not to look
    /// at them, which is faster.
    /// </param>
    public FailureScan(FailureFilter filter, ReadTally tally, DeliverySuccesses? successes = null)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentNullException.ThrowIfNull(tally);
        this.filter = filter;
        this.tally = tally;
        this.successes = successes;
    }

    /// <summary>How many files are read at a time.</summary>
    public int Workers { get; init; } = Math.Clamp(Environment.ProcessorCount, 1, 16);

    /// <summary>How many refusals of delivery sources were only noise so far; <see cref="FailureFilter.IncludeAll"/> shows them.</summary>
    public long NoiseCount => Interlocked.Read(ref noise);

    /// <summary>Reads the files.</summary>
    /// <param name="sources">The files and objects; taken as they are needed.</param>
    /// <param name="onWait">Called on the caller's thread several times a second, for progress.</param>
    /// <param name="cancellationToken">Stops at once; what was found so far has been given.</param>
    /// <exception cref="OperationCanceledException">The scan was stopped.</exception>
    public IEnumerable<DeliveryFailure> Run(IEnumerable<LogObject> sources, Action? onWait = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sources);
        return new OrderedFanOut<DeliveryFailure>(Read) { Workers = Workers, OnWait = onWait }.Run(sources, cancellationToken);
    }

    private void Read(LogObject source, Action<DeliveryFailure> found, CancellationToken cancel)
    {
        var delivered = successes is null ? null : new DeliverySuccesses();
        FailureFinder? finder = null;
        try
        {
            RecordLoop.Read(
                source,
                tally,
                content => finder = new(filter, content, found, delivered is null ? null : delivered.Add),
                cancel);
        }
        finally
        {
            Interlocked.Add(ref noise, finder?.NoiseCount ?? 0);
            if (delivered is not null)
            {
                successes!.Merge(delivered);
            }
        }
    }
}
