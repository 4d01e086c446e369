using LogDelivery.Logs.Files;
using LogDelivery.Logs.Shapes;

namespace LogDelivery.Logs.Events;

/// <summary>Takes the events of a subscription.</summary>
internal interface ISubscriptionSink
{
    /// <summary>Takes one event.</summary>
    /// <param name="entry">The event, valid during the call.</param>
    /// <param name="content">The file that it is from, where damage is noted.</param>
    /// <param name="offset">The byte offset of the event, or of its envelope, in the text of the file.</param>
    void Take(in SubscriptionEntry entry, LogContent content, long offset);
}

/// <summary>
/// Extracts log events from files that a CloudWatch Logs subscription delivered through Data Firehose, Kinesis or Lambda:
/// envelopes in gzip members, compressed once or twice, with or without a delimiter, base64 within other records, or only
/// messages; also the events in the output of LookupEvents, FilterLogEvents, GetLogEvents or a query. Memory is bounded by
/// the largest envelope, whatever the size of a file.
/// </summary>
/// <param name="tally">Records damage and counts what is read.</param>
internal sealed class SubscriptionExpansion(ReadTally tally)
{
    /// <summary>Whether the control messages, with which CloudWatch Logs tests a destination, are returned too.</summary>
    public bool IncludeControlMessages { get; init; }

    /// <summary>The number of events returned so far.</summary>
    public long Count { get; private set; }

    /// <summary>The number of control messages, with which CloudWatch Logs tests a destination, that were left out.</summary>
    public long ControlMessages { get; private set; }

    /// <summary>Reads a file.</summary>
    /// <param name="source">The file or object.</param>
    /// <param name="sink">Takes the events, in the order of the file.</param>
    /// <param name="cancellationToken">Stops at the next block.</param>
    /// <exception cref="OperationCanceledException">Reading was stopped.</exception>
    public void Read(LogObject source, ISubscriptionSink sink, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tally);
        ArgumentNullException.ThrowIfNull(sink);
        using var records = RecordReader.Open(source, tally);
        if (records is null)
        {
            return;
        }

        if (records.Shape == LogShape.Digest)
        {
            tally.AddSkipped();
            return;
        }

        records.Cancellation = cancellationToken;
        records.GivesCutOff = true;
        var before = Count;
        while (records.TryRead(out var record))
        {
            Read(record, records.Shape, records.Content, sink);
        }

        tally.AddRecords(Count - before);
        tally.AddRead();
    }

    private void Read(in LogRecord record, LogShape shape, LogContent content, ISubscriptionSink sink)
    {
        if (shape is LogShape.Text or LogShape.AccessLog)
        {
            Give(new(record.Bytes, isEscaped: false), content, record.Offset, sink);
            return;
        }

        // Envelopes may be mixed with other JSON.
        var carrier = shape.CarriesEvents() ? shape : LogShape.SubscriptionEnvelope;
        var events = LogEventEnumerator.Of(record, carrier);
        while (events.TryRead(out var entry))
        {
            Give(entry, content, record.Offset, sink);
        }

        events.ReportBroken(record, carrier, content);
    }

    private void Give(in SubscriptionEntry entry, LogContent content, long offset, ISubscriptionSink sink)
    {
        if (entry.IsControl && !IncludeControlMessages)
        {
            ControlMessages++;
            return;
        }

        Count++;
        sink.Take(entry, content, offset);
    }
}
