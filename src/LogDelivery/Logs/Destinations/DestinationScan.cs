using LogDelivery.Logs.Files;
using LogDelivery.Logs.Scan;

namespace LogDelivery.Logs.Destinations;

/// <summary>
/// Finds where log sources were pointed, by whom and when: in the CloudTrail management events of files of any shape, several
/// files at a time. A source that points at the wrong bucket leaves no refused request in the right one; the call that pointed it
/// there is all that can be found.
/// </summary>
internal sealed class DestinationScan
{
    private readonly DestinationFilter filter;
    private readonly ReadTally tally;

    /// <summary>Creates a scan.</summary>
    /// <param name="filter">What is looked for, and what is expected.</param>
    /// <param name="tally">Where damage is noted and everything is counted.</param>
    public DestinationScan(DestinationFilter filter, ReadTally tally)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentNullException.ThrowIfNull(tally);
        this.filter = filter;
        this.tally = tally;
    }

    /// <summary>How many files are read at a time.</summary>
    public int Workers { get; init; } = Math.Clamp(Environment.ProcessorCount, 1, 16);

    /// <summary>
    /// Reads the files to their end, and gives the destinations in the order of time: what a call set may be undone by one in
    /// another file.
    /// </summary>
    /// <param name="sources">The files and objects; taken as they are needed.</param>
    /// <param name="onWait">Called on the caller's thread several times a second, for progress.</param>
    /// <param name="cancellationToken">Stops at once; nothing has been given then, for half of the files would tell wrong.</param>
    /// <exception cref="OperationCanceledException">The scan was stopped.</exception>
    public IEnumerable<LogDeliveryDestination> Run(IEnumerable<LogObject> sources, Action? onWait = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sources);
        var watch = new ExpectedBucketWrites(filter.ExpectedBucketNames);
        var history = new DestinationHistory(filter, watch);
        foreach (var change in new OrderedFanOut<LoggedChange>(Read) { Workers = Workers, OnWait = onWait }.Run(sources, cancellationToken))
        {
            history.Add(change);
        }

        return history.Finish();

        void Read(LogObject source, Action<LoggedChange> found, CancellationToken cancel)
        {
            var ofFile = new ExpectedBucketWrites(filter.ExpectedBucketNames);
            RecordLoop.Read(source, tally, content => new DestinationFinder(filter, content, ofFile, found), cancel);
            watch.Merge(ofFile);
        }
    }
}
