namespace LogDelivery.Logs.Events;

/// <summary>One event as it was read. Valid until the next one is read.</summary>
/// <param name="message">The event's message as UTF-8.</param>
/// <param name="offset">Where it, or its envelope, begins in the decompressed text.</param>
/// <param name="number">Which event of the file it is, from 1.</param>
/// <param name="hasBackslash">Whether a backslash may stand in the message.</param>
public readonly ref struct LogEventEntry(ReadOnlySpan<byte> message, long offset, long number, bool hasBackslash)
{
    /// <summary>The event's message as UTF-8.</summary>
    public ReadOnlySpan<byte> Message { get; } = message;

    /// <summary>The zero-based byte offset of the event in the decompressed text; for an event from a subscription, the offset of its envelope.</summary>
    public long Offset { get; } = offset;

    /// <summary>The one-based number of the event in the file.</summary>
    public long Number { get; } = number;

    /// <summary>Whether a backslash may stand in the message; where none does, nothing in it is written with escapes.</summary>
    public bool HasBackslash { get; } = hasBackslash;

    /// <summary>The log group that a subscription names.</summary>
    public string? LogGroup { get; init; }

    /// <summary>The log stream that a subscription names.</summary>
    public string? LogStream { get; init; }

    /// <summary>The event's id in its subscription.</summary>
    public string? EventId { get; init; }

    /// <summary>The time when the event was logged according to the subscription, in UTC.</summary>
    public DateTimeOffset? Timestamp { get; init; }
}
