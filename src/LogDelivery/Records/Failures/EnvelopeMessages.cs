using System.Text;
using System.Text.Json;

namespace LogDelivery.Records;

/// <summary>The messages in an envelope of a CloudWatch Logs subscription.</summary>
internal static class EnvelopeMessages
{
    /// <summary>Reads the messages, decoded.</summary>
    /// <param name="envelope">One envelope.</param>
    /// <exception cref="JsonException">The envelope is not well-formed.</exception>
    public static List<byte[]> Read(ReadOnlySpan<byte> envelope)
    {
        var messages = new List<byte[]>();
        var reader = new Utf8JsonReader(envelope, new JsonReaderOptions { MaxDepth = int.MaxValue });
        var isInEvents = false;
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
            {
                continue;
            }

            if (reader.CurrentDepth == 1)
            {
                isInEvents = reader.ValueTextEquals("logEvents"u8);
            }
            else if (isInEvents && reader.CurrentDepth == 3 && reader.ValueTextEquals("message"u8) && reader.Read() && reader.TokenType == JsonTokenType.String)
            {
                messages.Add(Decode(ref reader));
            }
        }

        return messages;
    }

    private static byte[] Decode(ref Utf8JsonReader reader)
    {
        try
        {
            return Encoding.UTF8.GetBytes(reader.GetString()!);
        }
        catch (InvalidOperationException)
        {
            return reader.ValueSpan.ToArray();
        }
    }
}
