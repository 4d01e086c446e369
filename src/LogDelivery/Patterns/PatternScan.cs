using LogDelivery.Logs.Events;
using LogDelivery.Logs.Files;
using LogDelivery.Logs.Scan;

namespace LogDelivery.Patterns;

/// <summary>
/// Finds the events of log files that a pattern selects, several files at a time. Results are in the order of the files and
/// of the events in them. Memory is bounded whatever the size of the logs.
/// </summary>
/// <param name="pattern">The pattern.</param>
/// <param name="tally">Records damage and counts what is read.</param>
internal sealed class PatternScan(FilterPattern pattern, ReadTally tally)
{
    private const int CountedTogether = 4096;

    private long matches;

    /// <summary>The number of files read at a time.</summary>
    public int Workers { get; init; } = Math.Clamp(Environment.ProcessorCount, 1, 16);

    /// <summary>The number of events that the pattern selected in the files finished so far, whether read to their end or stopped.</summary>
    public long MatchCount => Interlocked.Read(ref matches);

    /// <summary>Returns each event that the pattern selects.</summary>
    /// <param name="sources">The files and objects; taken as they are needed.</param>
    /// <param name="onWait">Called on the caller's thread several times a second, to report progress.</param>
    /// <param name="cancellationToken">Stops at once; results found so far have been returned.</param>
    /// <exception cref="OperationCanceledException">The scan was stopped.</exception>
    public IEnumerable<LogEvent> Find(IEnumerable<LogObject> sources, Action? onWait = null, CancellationToken cancellationToken = default)
        => Run<LogEvent>(sources, (file, entry, found) => found(LogEvent.From(file, entry)), onWait, cancellationToken);

    /// <summary>Counts the events that the pattern selects.</summary>
    /// <inheritdoc cref="Find"/>
    public long Count(IEnumerable<LogObject> sources, Action? onWait = null, CancellationToken cancellationToken = default)
    {
        var before = Interlocked.Read(ref matches);
        foreach (var _ in Run<LogEvent>(sources, (_, _, _) => { }, onWait, cancellationToken))
        {
        }

        return Interlocked.Read(ref matches) - before;
    }

    private delegate void Handle<T>(string file, LogEventEntry entry, Action<T> found);

    private IEnumerable<T> Run<T>(IEnumerable<LogObject> sources, Handle<T> handle, Action? onWait, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sources);
        return new OrderedFanOut<T>((source, found, cancel) => Read(source, entry => handle(source.Name, entry, found), cancel))
        {
            Workers = Workers,
            OnWait = onWait,
        }.Run(sources, cancellationToken);
    }

    private delegate void HandleEntry(LogEventEntry entry);

    private void Read(LogObject source, HandleEntry handle, CancellationToken cancel)
    {
        using var reader = LogEventReader.Open(source, tally);
        if (reader is null)
        {
            return;
        }

        var counted = 0L;
        var found = 0L;
        try
        {
            while (reader.TryRead(out var entry))
            {
                if (pattern.Matches(entry))
                {
                    found++;
                    handle(entry);
                }

                if (reader.Count - counted >= CountedTogether)
                {
                    cancel.ThrowIfCancellationRequested();
                    tally.AddRecords(reader.Count - counted);
                    counted = reader.Count;
                    Interlocked.Add(ref matches, found);
                    found = 0;
                }
            }

            tally.AddRead();
        }
        finally
        {
            tally.AddRecords(reader.Count - counted);
            Interlocked.Add(ref matches, found);
        }
    }
}
