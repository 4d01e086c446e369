namespace LogDelivery.Records;

/// <summary>
/// Takes the records out of the log events that the records of a file carry. What is no JSON object is no record of ours. Not for several
/// threads at once.
/// </summary>
internal sealed class CarriedRecords(LogShape shape, LogContent content, RecordFinder finder)
{
    private byte[] buffer = [];

    /// <summary>How many events were there, without the messages by which CloudWatch Logs tests a destination.</summary>
    public long Events { get; private set; }

    /// <summary>Whether one of them was a CloudTrail record or a request of an access log.</summary>
    public bool IsKnown { get; private set; }

    /// <summary>Looks at what one record carries.</summary>
    public void Look(in LogRecord record)
    {
        var events = CarriedEvents.Of(record, shape);
        while (events.TryRead(out var entry))
        {
            if (entry.IsControl)
            {
                continue;
            }

            Events++;
            var message = ShapeDetection.TrimStart(entry.Resolve(ref buffer));
            if (message is [(byte)'{', ..])
            {
                LookAtMessage(new(message, record.Offset, record.Number, hasBackslash: message.Contains((byte)'\\')) { IsCarried = true });
            }
        }

        events.ReportBroken(record, shape, content);
    }

    private void LookAtMessage(in LogRecord message)
    {
        var isRequest = ShapeDetection.Detect(message.Bytes) == LogShape.AccessLogJson;
        IsKnown = IsKnown || isRequest || KnownRecord.IsOne(message.Bytes);
        finder.Look(message, isRequest ? LogShape.AccessLogJson : LogShape.JsonLines);
    }
}
