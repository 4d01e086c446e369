using System.Text;
using LogDelivery.Logs.Events;

namespace LogDelivery;

/// <summary>One event of a log file, as CloudWatch Logs would store it.</summary>
public sealed record LogEvent
{
    /// <summary>The event's text: a CloudTrail record, a JSON object, a line, the message of a subscription's event.</summary>
    public string Message { get; init; } = string.Empty;

    /// <summary>The file or object that it was read from.</summary>
    public string File { get; init; } = string.Empty;

    /// <summary>The one-based number of the event in the file.</summary>
    public long Number { get; init; }

    /// <summary>The zero-based byte offset in the decompressed text of the event, or of the envelope that contains it.</summary>
    public long Offset { get; init; }

    /// <summary>The log group, of an event that came by a subscription.</summary>
    public string? LogGroup { get; init; }

    /// <summary>The log stream, of an event that came by a subscription.</summary>
    public string? LogStream { get; init; }

    /// <summary>The event's id, of an event that came by a subscription.</summary>
    public string? EventId { get; init; }

    /// <summary>The time when the event was logged, in UTC; only events from a subscription have it.</summary>
    public DateTime? Timestamp { get; init; }

    /// <summary>Values that were read from the event, by their selectors.</summary>
    public IReadOnlyDictionary<string, string?> Extracted { get; init; } = new Dictionary<string, string?>();

    /// <summary>The event that was read.</summary>
    /// <param name="file">The file's name.</param>
    /// <param name="entry">The event.</param>
    internal static LogEvent From(string file, LogEventEntry entry) => new()
    {
        Message = Encoding.UTF8.GetString(entry.Message),
        File = file,
        Number = entry.Number,
        Offset = entry.Offset,
        LogGroup = entry.LogGroup,
        LogStream = entry.LogStream,
        EventId = entry.EventId,
        Timestamp = entry.Timestamp?.UtcDateTime,
    };

    /// <summary>The event's text.</summary>
    public override string ToString() => Message;
}
