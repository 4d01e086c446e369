using LogDelivery.Logs.Files;
using LogDelivery.Logs.Shapes;

namespace LogDelivery.Logs.Events;

/// <summary>
/// Reads the events of a log file as CloudWatch Logs would store them: each record of a CloudTrail file, each JSON object,
/// each line, and the message of each event in a subscription envelope, a lookup or query results. Not thread-safe.
/// </summary>
internal sealed class LogEventReader : IDisposable
{
    private readonly RecordReader records;
    private KeptEvents? carried;
    private int nextCarried;
    private long carrierOffset;

    private LogEventReader(RecordReader records) => this.records = records;

    /// <summary>The detected content of the file.</summary>
    public LogShape Shape => records.Shape;

    /// <summary>The number of events returned so far.</summary>
    public long Count { get; private set; }

    /// <summary>Opens a file and detects its shape.</summary>
    /// <param name="source">The file or object.</param>
    /// <param name="tally">Records damage and counts bytes, files and events.</param>
    /// <returns>The reader, or <see langword="null"/> when there is nothing to read, which is noted.</returns>
    public static LogEventReader? Open(LogObject source, ReadTally tally)
    {
        ArgumentNullException.ThrowIfNull(tally);
        if (RecordReader.Open(source, tally) is not { } records)
        {
            return null;
        }

        if (records.Shape == LogShape.Digest)
        {
            tally.AddSkipped();
            records.Dispose();
            return null;
        }

        records.GivesCutOff = records.Shape == LogShape.SubscriptionEnvelope;
        return new(records);
    }

    /// <summary>Moves to the next event.</summary>
    /// <param name="entry">The event, valid until the next call.</param>
    /// <returns><see langword="false"/> at the end.</returns>
    public bool TryRead(out LogEventEntry entry)
    {
        while (!TryReadCarried(out entry))
        {
            if (!records.TryRead(out var record))
            {
                return false;
            }

            // Firehose puts envelopes behind whatever else a stream receives.
            var isEnvelope = SubscriptionEnvelope.BeginsAsUsual(record.Bytes);
            if (!isEnvelope && !Shape.CarriesEvents())
            {
                entry = new(record.Bytes, record.Offset, ++Count, record.HasBackslash);
                return true;
            }

            carried = KeptEvents.Read(record, isEnvelope ? LogShape.SubscriptionEnvelope : Shape, records.Content);
            carrierOffset = record.Offset;
            nextCarried = 0;
        }

        return true;
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => records.Dispose();

    private bool TryReadCarried(out LogEventEntry entry)
    {
        if (carried is null || nextCarried == carried.Events.Count)
        {
            entry = default;
            return false;
        }

        var one = carried.Events[nextCarried++];
        entry = new(one.Message.Span, carrierOffset, ++Count, hasBackslash: true)
        {
            LogGroup = carried.LogGroup,
            LogStream = carried.LogStream,
            EventId = one.Id,
            Timestamp = one.Timestamp,
        };
        return true;
    }
}
