using LogDelivery.Logs.Files;
using LogDelivery.Logs.Shapes;

namespace LogDelivery.Logs.Events;

/// <summary>One log event, copied from the record that contained it.</summary>
/// <param name="Message">The message as UTF-8, its escapes resolved.</param>
/// <param name="Id">The event's id.</param>
/// <param name="Timestamp">The time when it was logged, in UTC, to the millisecond.</param>
internal readonly record struct KeptEvent(ReadOnlyMemory<byte> Message, string? Id, DateTimeOffset? Timestamp);

/// <summary>The log events that a record carries, kept apart from its text.</summary>
internal sealed class KeptEvents
{
    private KeptEvents()
    {
    }

    /// <summary>The log group of all of them.</summary>
    public string? LogGroup { get; private set; }

    /// <summary>The log stream of all of them.</summary>
    public string? LogStream { get; private set; }

    /// <summary>The events; none in a control message, which only tests the destination.</summary>
    public List<KeptEvent> Events { get; } = [];

    /// <summary>Reads the events in a record. Unreadable data is recorded as damage.</summary>
    /// <param name="record">The record.</param>
    /// <param name="shape">A shape that carries events.</param>
    /// <param name="content">The file.</param>
    public static KeptEvents Read(in LogRecord record, LogShape shape, LogContent content)
    {
        var result = new KeptEvents();
        var events = LogEventEnumerator.Of(record, shape);
        while (events.TryRead(out var entry))
        {
            result.LogGroup ??= SubscriptionEntry.Text(entry.LogGroup);
            result.LogStream ??= SubscriptionEntry.Text(entry.LogStream);
            if (!entry.IsControl)
            {
                result.Events.Add(new(entry.MessageBytes(), SubscriptionEntry.Text(entry.Id), entry.Timestamp));
            }
        }

        events.ReportBroken(record, shape, content);
        return result;
    }
}
