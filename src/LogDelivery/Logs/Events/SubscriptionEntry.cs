using System.Text;
using LogDelivery.Json;

namespace LogDelivery.Logs.Events;

/// <summary>
/// One event of a subscription, with its texts still escaped as in JSON. Valid until the next one is read.
/// </summary>
/// <param name="message">The message.</param>
/// <param name="isEscaped">Whether the message is the content of a JSON string, with escapes; otherwise it is plain UTF-8.</param>
internal readonly ref struct SubscriptionEntry(ReadOnlySpan<byte> message, bool isEscaped)
{
    // The last millisecond of the year 9999.
    private const long MaxMilliseconds = 253_402_300_799_999;

    /// <summary>The log group between its quotes; empty when only messages were kept.</summary>
    public ReadOnlySpan<byte> LogGroup { get; init; }

    /// <summary>The log stream between its quotes; empty when only messages were kept.</summary>
    public ReadOnlySpan<byte> LogStream { get; init; }

    /// <summary>The account between its quotes; empty when only messages were kept.</summary>
    public ReadOnlySpan<byte> Owner { get; init; }

    /// <summary>The event's id between its quotes; empty when only messages were kept.</summary>
    public ReadOnlySpan<byte> Id { get; init; }

    /// <summary>The time when the event was logged, in milliseconds since 1970; <see langword="null"/> when only the message was kept.</summary>
    public long? Milliseconds { get; init; }

    /// <summary>Whether it is one of the messages by which CloudWatch Logs tests that the destination is there.</summary>
    public bool IsControl { get; init; }

    /// <summary>The message.</summary>
    public ReadOnlySpan<byte> Message { get; } = message;

    /// <summary>Whether <see cref="Message"/> is the content of a JSON string, with escapes; otherwise it is plain UTF-8.</summary>
    public bool IsEscaped { get; } = isEscaped;

    /// <summary>The time when the event was logged, in UTC.</summary>
    public DateTime? Timestamp => Milliseconds is >= 0 and <= MaxMilliseconds and var time ? DateTimeOffset.FromUnixTimeMilliseconds(time).UtcDateTime : null;

    /// <summary>The event with its texts resolved.</summary>
    public LogSubscriptionEvent ToEvent() => new()
    {
        LogGroup = Text(LogGroup),
        LogStream = Text(LogStream),
        Owner = Text(Owner),
        Id = Text(Id),
        Timestamp = Timestamp,
        Message = IsEscaped ? Text(Message) ?? string.Empty : Encoding.UTF8.GetString(Message),
    };

    /// <summary>The message as UTF-8, its escapes resolved.</summary>
    /// <param name="buffer">The buffer for the result; it is replaced by a larger one when it is too small.</param>
    internal ReadOnlySpan<byte> Resolve(ref byte[] buffer)
    {
        if (!IsEscaped || !Message.Contains((byte)'\\'))
        {
            return Message;
        }

        if (buffer.Length < Message.Length)
        {
            buffer = new byte[Math.Max(4096, Message.Length * 2)];
        }

        return buffer.AsSpan(0, JsonString.Unescape(Message, buffer));
    }

    /// <summary>The message as UTF-8 of its own, its escapes resolved.</summary>
    internal byte[] MessageBytes()
    {
        if (!IsEscaped || !Message.Contains((byte)'\\'))
        {
            return Message.ToArray();
        }

        var bytes = new byte[Message.Length];
        Array.Resize(ref bytes, JsonString.Unescape(Message, bytes));
        return bytes;
    }

    /// <summary>Decodes the text between the quotes of a JSON string; <see langword="null"/> when it is empty.</summary>
    internal static string? Text(ReadOnlySpan<byte> written)
    {
        if (written.IsEmpty)
        {
            return null;
        }

        if (!written.Contains((byte)'\\'))
        {
            return Encoding.UTF8.GetString(written);
        }

        var buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(written.Length);
        var text = Encoding.UTF8.GetString(buffer, 0, JsonString.Unescape(written, buffer));
        System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
        return text;
    }
}
