namespace LogDelivery.Records;

/// <summary>
/// Gives the events of a log file as CloudWatch Logs would have them: each record of a CloudTrail file, each JSON object, each line, and
/// of a subscription envelope the message of each of its events. Not for several threads at once.
/// </summary>
public sealed class LogEventReader : IDisposable
{
    private readonly RecordReader records;
    private EnvelopeEvents? envelope;
    private int nextInEnvelope;
    private long envelopeOffset;

    private LogEventReader(RecordReader records) => this.records = records;

    /// <summary>What the file holds.</summary>
    public LogShape Shape => records.Shape;

    /// <summary>How many events have been given.</summary>
    public long Count { get; private set; }

    /// <summary>Opens a file and tells its shape.</summary>
    /// <param name="source">The file or object.</param>
    /// <param name="tally">Where damage is noted, and bytes, files and events are counted.</param>
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
        while (!TryReadOfEnvelope(out entry))
        {
            if (!records.TryRead(out var record))
            {
                return false;
            }

            // Beside envelopes, messages can stand by themselves.
            if (Shape != LogShape.SubscriptionEnvelope || !OpenEnvelope(record))
            {
                entry = new(record.Bytes, record.Offset, ++Count, record.HasBackslash);
                return true;
            }
        }

        return true;
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => records.Dispose();

    private bool TryReadOfEnvelope(out LogEventEntry entry)
    {
        if (envelope is null || nextInEnvelope == envelope.Events.Count)
        {
            entry = default;
            return false;
        }

        var one = envelope.Events[nextInEnvelope++];
        entry = new(one.Message.Span, envelopeOffset, ++Count, hasBackslash: true)
        {
            LogGroup = envelope.LogGroup,
            LogStream = envelope.LogStream,
            EventId = one.Id,
            Timestamp = one.Timestamp,
        };
        return true;
    }

    private bool OpenEnvelope(in LogRecord record)
    {
        envelope = EnvelopeEvents.Read(record.Bytes);
        envelopeOffset = record.Offset;
        nextInEnvelope = 0;
        if (envelope?.IsBroken == true && !record.IsCutOff)
        {
            records.Content.Report(DamageKind.Malformed, record.Offset, "The subscription envelope that begins here is not well-formed JSON; the events in it that could not be read were passed over.");
        }

        return envelope is not null || record.IsCutOff;
    }
}
