using System.Globalization;
using System.Text;
using System.Text.Json;

namespace LogDelivery.Json;

/// <summary>Enumerates the members of JSON objects, and treats values of the wrong kind as absent.</summary>
internal static class JsonMembers
{
    /// <summary>Moves to the value of the next key of the object.</summary>
    /// <returns><see langword="false"/> at the end of the object.</returns>
    public static bool NextKey(this ref Utf8JsonReader reader, out ReadOnlySpan<byte> key)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.PropertyName)
        {
            key = [];
            return false;
        }

        key = reader.ValueIsEscaped ? Encoding.UTF8.GetBytes(reader.Decode()) : reader.ValueSpan;
        reader.Read();
        return true;
    }

    /// <summary>Whether an object begins here, whose keys come next; anything else is passed over.</summary>
    public static bool TryEnterObject(this ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            return true;
        }

        reader.Skip();
        return false;
    }

    /// <summary>The string here; <see langword="null"/> for anything else, which is passed over.</summary>
    public static string? Text(this ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return reader.Decode();
        }

        reader.Skip();
        return null;
    }

    /// <summary>The whole number here, which CloudTrail also writes with a fraction of nothing (<c>1024.0</c>) or as a string.</summary>
    public static long? Number(this ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Number)
        {
            return reader.TryGetInt64(out var whole) ? whole : reader.TryGetDouble(out var number) && Math.Abs(number) < long.MaxValue ? (long)number : null;
        }

        return long.TryParse(reader.Text(), NumberStyles.None, CultureInfo.InvariantCulture, out var written) ? written : null;
    }

    /// <summary>The string here, or the first of an array.</summary>
    public static string? FirstText(this ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return reader.Text();
        }

        string? first = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            first ??= reader.Text();
        }

        return first;
    }

    // A string that is not Unicode, by its bytes or its escapes, is still shown: with replacement characters, or unchanged.
    private static string Decode(this ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
        {
            return Encoding.UTF8.GetString(reader.ValueSpan);
        }

        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return Encoding.UTF8.GetString(reader.ValueSpan);
        }
    }
}
