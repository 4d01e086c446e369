using System.Buffers.Text;
using System.Globalization;
using System.Text;
using LogDelivery.Json;

namespace LogDelivery.Logs.Events;

/// <summary>
/// Reads one log event in the format of LookupEvents, FilterLogEvents, GetLogEvents or a query of CloudWatch Logs Insights,
/// or one message of SQS or SNS: an object, or a list of fields and their values. Of duplicate members the last one counts.
/// </summary>
internal ref struct LogEventObject
{
    private JsonFragmentReader scanner;
    private ReadOnlySpan<byte> message;
    private ReadOnlySpan<byte> id;
    private ReadOnlySpan<byte> logGroup;
    private ReadOnlySpan<byte> logStream;
    private ReadOnlySpan<byte> notification;
    private long? milliseconds;
    private bool hasMessage;
    private bool isText;

    /// <summary>Reads an event.</summary>
    /// <param name="json">The object or list.</param>
    /// <param name="entry">The event.</param>
    /// <returns><see langword="false"/> when it is not well-formed, or carries no message.</returns>
    public static bool TryRead(ReadOnlySpan<byte> json, out SubscriptionEntry entry)
    {
        var read = new LogEventObject { scanner = new(json) };
        var isRead = read.ReadAll() && read.hasMessage;
        entry = isRead ? new(read.message, read.isText) { Id = read.id, LogGroup = read.logGroup, LogStream = read.logStream, Milliseconds = read.milliseconds } : default;
        return isRead;
    }

    private bool ReadAll()
    {
        if (!scanner.Take((byte)'['))
        {
            return ReadMembers() && (notification.IsEmpty || ReadNotification());
        }

        if (scanner.Take((byte)']'))
        {
            return true;
        }

        do
        {
            if (!ReadField())
            {
                return false;
            }
        }
        while (scanner.Take((byte)','));
        return scanner.Take((byte)']');
    }

    // What SNS hands to Lambda has its message one object further in.
    private bool ReadNotification()
    {
        scanner = new(notification);
        return ReadMembers();
    }

    private bool ReadMembers()
    {
        if (!scanner.Take((byte)'{'))
        {
            return false;
        }

        if (scanner.Take((byte)'}'))
        {
            return true;
        }

        do
        {
            if (!scanner.TryReadName(out var name) || !TryReadValue(out var value, out var isString))
            {
                return false;
            }

            Keep(name, value, isString);
        }
        while (scanner.Take((byte)','));
        return scanner.Take((byte)'}');
    }

    // {"field": "@message", "value": "..."}, in either order.
    private bool ReadField()
    {
        ReadOnlySpan<byte> field = default, value = default;
        var isString = false;
        if (!scanner.Take((byte)'{'))
        {
            return false;
        }

        do
        {
            if (!scanner.TryReadName(out var name) || !TryReadValue(out var text, out var isTextOfIt))
            {
                return false;
            }

            if (Is(name, "field"u8))
            {
                field = text;
            }
            else if (Is(name, "value"u8))
            {
                value = text;
                isString = isTextOfIt;
            }
        }
        while (scanner.Take((byte)','));
        Keep(field, value, isString);
        return scanner.Take((byte)'}');
    }

    private bool TryReadValue(out ReadOnlySpan<byte> value, out bool isString)
    {
        isString = scanner.Peek() == (byte)'"';
        return isString ? scanner.TryReadString(out value) : scanner.TrySkip(out value);
    }

    private void Keep(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, bool isString)
    {
        if (name.SequenceEqual("CloudTrailEvent"u8) || name.SequenceEqual("@message"u8) || Is(name, "message"u8) || Is(name, "body"u8))
        {
            // The console gives JSON messages as they are, and not as text.
            hasMessage = isString || value is [(byte)'{', ..];
            message = value;
            isText = isString;
        }
        else if (name.SequenceEqual("Sns"u8) && value is [(byte)'{', ..])
        {
            notification = value;
        }
        else if (isString && (Is(name, "eventId"u8) || Is(name, "messageId"u8)))
        {
            id = value;
        }
        else if (isString && (Is(name, "logStreamName"u8) || name.SequenceEqual("@logStream"u8)))
        {
            logStream = value;
        }
        else if (isString && name.SequenceEqual("@log"u8))
        {
            // The account comes before the group.
            logGroup = value[(value.IndexOf((byte)':') + 1)..];
        }
        else if (Is(name, "timestamp"u8) || name.SequenceEqual("@timestamp"u8) || name.SequenceEqual("EventTime"u8))
        {
            milliseconds = TimeOf(value);
        }
    }

    // Milliseconds or, where it has a fraction, seconds since 1970; or a time as text, which is UTC.
    private static long? TimeOf(ReadOnlySpan<byte> value)
    {
        if (Utf8Parser.TryParse(value, out long number, out var length) && length == value.Length)
        {
            return number;
        }

        if (Utf8Parser.TryParse(value, out double seconds, out length) && length == value.Length)
        {
            return Math.Abs(seconds) < 1e11 ? (long)Math.Round(seconds * 1000) : null;
        }

        return DateTimeOffset.TryParse(Encoding.UTF8.GetString(value), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time.ToUnixTimeMilliseconds()
            : null;
    }

    private static bool Is(ReadOnlySpan<byte> name, ReadOnlySpan<byte> expected) => Ascii.EqualsIgnoreCase(name, expected);
}
