namespace LogDelivery.Logs.Events;

/// <summary>One event as it was read. Valid until the next one is read.</summary>
/// <param name="message">The event's message as UTF-8.</param>
/// <param name="offset">The byte offset of the event, or of its envelope, in the decompressed text.</param>
/// <param name="number">The one-based number of the event in the file.</param>
/// <param name="hasBackslash">Whether the message may contain a backslash.</param>
internal readonly ref struct LogEventEntry(ReadOnlySpan<byte> message, long offset, long number, bool hasBackslash)
{
    /// <summary>The event's message as UTF-8.</summary>
    public ReadOnlySpan<byte> Message { get; } = message;

    /// <summary>The zero-based byte offset of the event in the decompressed text; for an event from a subscription, the offset of its envelope.</summary>
    public long Offset { get; } = offset;

    /// <summary>The one-based number of the event in the file.</summary>
    public long Number { get; } = number;

    /// <summary>Whether the message may contain a backslash; without one, nothing in it is escaped.</summary>
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
