using System.Text;
using System.Text.Json;

namespace LogDelivery.Records;

/// <summary>One event of a CloudWatch Logs subscription.</summary>
/// <param name="Message">The message as UTF-8, its escapes resolved.</param>
/// <param name="Id">The event's id.</param>
/// <param name="Timestamp">When it was logged, UTC, to the millisecond.</param>
internal readonly record struct EnvelopeEvent(ReadOnlyMemory<byte> Message, string? Id, DateTimeOffset? Timestamp);

/// <summary>
/// What a subscription envelope carries. Source: CloudWatch Logs user guide, SubscriptionFilters: <c>messageType</c>, <c>logGroup</c>,
/// <c>logStream</c>, <c>logEvents</c> of <c>id</c>, <c>timestamp</c> (milliseconds since 1970) and <c>message</c>.
/// </summary>
internal sealed class EnvelopeEvents
{
    private EnvelopeEvents()
    {
    }

    public string? LogGroup { get; private set; }

    public string? LogStream { get; private set; }

    /// <summary>The events; none in a control message, which only tests the destination.</summary>
    public List<EnvelopeEvent> Events { get; } = [];

    /// <summary>Reads an envelope.</summary>
    /// <exception cref="JsonException">It is no JSON of that form.</exception>
    public static EnvelopeEvents Read(ReadOnlySpan<byte> json)
    {
        var result = new EnvelopeEvents();
        var isControl = false;
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = int.MaxValue });
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("logGroup"u8))
            {
                reader.Read();
                result.LogGroup = Text(ref reader);
            }
            else if (reader.ValueTextEquals("logStream"u8))
            {
                reader.Read();
                result.LogStream = Text(ref reader);
            }
            else if (reader.ValueTextEquals("messageType"u8))
            {
                reader.Read();
                isControl = Text(ref reader) == "CONTROL_MESSAGE";
            }
            else if (reader.ValueTextEquals("logEvents"u8) && reader.Read() && reader.TokenType == JsonTokenType.StartArray)
            {
                result.ReadEvents(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        if (isControl)
        {
            result.Events.Clear();
        }

        return result;
    }

    private static string? Text(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return Encoding.UTF8.GetString(Characters(ref reader));
        }

        reader.Skip();
        return null;
    }

    private static byte[] Characters(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
        {
            return reader.ValueSpan.ToArray();
        }

        var buffer = new byte[reader.ValueSpan.Length];
        Array.Resize(ref buffer, Patterns.JsonString.Unescape(reader.ValueSpan, buffer));
        return buffer;
    }

    private void ReadEvents(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                reader.Skip();
                continue;
            }

            byte[]? message = null;
            string? id = null;
            DateTimeOffset? timestamp = null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = reader.ValueTextEquals("message"u8) ? 'm' : reader.ValueTextEquals("id"u8) ? 'i' : reader.ValueTextEquals("timestamp"u8) ? 't' : ' ';
                reader.Read();
                switch (name, reader.TokenType)
                {
                    case ('m', JsonTokenType.String):
                        message = Characters(ref reader);
                        break;
                    case ('i', JsonTokenType.String):
                        id = Text(ref reader);
                        break;
                    case ('t', JsonTokenType.Number) when reader.TryGetInt64(out var milliseconds) && milliseconds is >= 0 and < 253_402_300_800_000:
                        timestamp = DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
                        break;
                    default:
                        reader.Skip();
                        break;
                }
            }

            if (message is not null)
            {
                Events.Add(new(message, id, timestamp));
            }
        }
    }
}
