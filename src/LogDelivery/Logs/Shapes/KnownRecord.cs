using System.Text;
using System.Text.Json;
using LogDelivery.Json;

namespace LogDelivery.Logs.Shapes;

/// <summary>Decides from the names of its members whether a JSON object is a supported record.</summary>
internal static class KnownRecord
{
    private const int MostNames = 4;
    private const int LongestName = 40;

    private static readonly JsonReaderOptions AnyDepth = new() { MaxDepth = int.MaxValue };

    /// <summary>Whether the object is a CloudTrail record, or an event of EventBridge.</summary>
    /// <param name="json">The object.</param>
    public static bool IsOne(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, AnyDepth);
        var isKnown = false;
        while (NextName(ref reader))
        {
            var name = reader.ValueSpan;
            var isSource = name.SequenceEqual("eventSource"u8);
            isKnown |= isSource || name.SequenceEqual("eventVersion"u8) || name.SequenceEqual("eventName"u8) || name.SequenceEqual("eventTime"u8) || name.SequenceEqual("detail-type"u8) || reader.ValueIsEscaped;

            // Notifications of services have the same members, and a source such as aws:s3.
            if (isSource && TryRead(ref reader) && reader.TokenType == JsonTokenType.String && reader.ValueSpan.StartsWith("aws:"u8))
            {
                return false;
            }
        }

        return isKnown;
    }

    /// <summary>Whether an object begins like an unmodified CloudTrail record.</summary>
    /// <param name="json">The object.</param>
    public static bool BeginsAsUsual(ReadOnlySpan<byte> json) => JsonText.BeginsWithMember(json, "\"eventVersion\""u8);

    /// <summary>Lists the names of the first members, to describe an unsupported object.</summary>
    /// <param name="json">The object.</param>
    public static string Names(ReadOnlySpan<byte> json)
    {
        var names = new List<string>();
        var reader = new Utf8JsonReader(json, AnyDepth);
        while (names.Count < MostNames && NextName(ref reader))
        {
            var name = Encoding.UTF8.GetString(reader.ValueSpan[..Math.Min(reader.ValueSpan.Length, LongestName)]);
            names.Add(string.Concat(name.Where(c => !char.IsControl(c))));
        }

        return names.Count == 0 ? "has no members" : $"has {string.Join(", ", names)}";
    }

    /// <summary>Moves to the name of the object's next member.</summary>
    private static bool NextName(ref Utf8JsonReader reader)
    {
        while (TryRead(ref reader))
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1)
            {
                return true;
            }

            if (reader.CurrentDepth == 0 && reader.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }
        }

        return false;
    }

    // Malformed text is recognized by the text before it.
    private static bool TryRead(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
