using LogDelivery.Logs.Files;
using LogDelivery.Logs.Shapes;

namespace LogDelivery.Logs.Events;

/// <summary>The log events that one record carries: those of a subscription envelope, or the one of a lookup, a query or a message.</summary>
internal ref struct LogEventEnumerator
{
    private SubscriptionEnvelope envelope;
    private SubscriptionEntry single;
    private bool isEnvelope;
    private bool hasSingle;

    /// <summary>Whether not all of the events could be read.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>The place in the record up to which it was read.</summary>
    public readonly int At => isEnvelope ? envelope.At : 0;

    /// <summary>The events of a record.</summary>
    /// <param name="record">The record.</param>
    /// <param name="shape">A shape that carries events.</param>
    public static LogEventEnumerator Of(in LogRecord record, LogShape shape)
    {
        var events = default(LogEventEnumerator);
        if (shape != LogShape.SubscriptionEnvelope)
        {
            events.hasSingle = LogEventObject.TryRead(record.Bytes, out events.single);
            if (events.hasSingle && shape == LogShape.Messages)
            {
                events.single = Unwrap(events.single);
            }

            events.IsBroken = !events.hasSingle;
        }
        else if (SubscriptionEnvelope.TryOpen(record.Bytes, out events.envelope))
        {
            events.isEnvelope = true;
        }
        else
        {
            // Messages may occur outside of envelopes.
            events.single = new(record.Bytes, isEscaped: false);
            events.hasSingle = !record.IsCutOff;
        }

        return events;
    }

    // A queue that subscribes to a topic has the notification of the topic in each message.
    private static SubscriptionEntry Unwrap(SubscriptionEntry message)
    {
        var body = message.MessageBytes();
        return EnvelopeShapes.Find(body) == LogShape.Messages && LogEventObject.TryRead(body, out var notification) ? notification : message;
    }

    /// <summary>Reads the next event.</summary>
    /// <returns><see langword="false"/> at the end, and where the record is broken.</returns>
    public bool TryRead(out SubscriptionEntry entry)
    {
        if (isEnvelope)
        {
            var step = envelope.TryReadEvent(out entry);
            IsBroken = step == EnvelopeStep.Broken;
            return step == EnvelopeStep.Event;
        }

        entry = single;
        var had = hasSingle;
        hasSingle = false;
        return had;
    }

    /// <summary>Records the damage, after everything readable was read.</summary>
    public readonly void ReportBroken(in LogRecord record, LogShape shape, LogContent content)
    {
        if (!IsBroken || record.IsCutOff)
        {
            return;
        }

        content.Report(DamageKind.Malformed, record.Offset + At, shape switch
        {
            LogShape.SubscriptionEnvelope => "The subscription envelope that begins before is not well-formed JSON here; the events that follow in it were passed over.",
            LogShape.LookupEvents => "The event that begins here has no text in CloudTrailEvent, or is not well-formed JSON, and was passed over.",
            LogShape.QueryResults => "The result that begins here has no @message, or is not well-formed JSON, and was passed over. A query gives it with: fields @timestamp, @message",
            LogShape.Messages => "The message that begins here has no body, or is not well-formed JSON, and was passed over.",
            _ => "The log event that begins here has no message, or is not well-formed JSON, and was passed over.",
        });
    }
}
