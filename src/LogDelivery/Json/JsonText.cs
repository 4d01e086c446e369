using System.Text.Json;

namespace LogDelivery.Json;

/// <summary>Helpers for JSON text.</summary>
internal static class JsonText
{
    public static ReadOnlySpan<byte> Blanks => " \t\r\n"u8;

    public static ReadOnlySpan<byte> ByteOrderMark => [0xef, 0xbb, 0xbf];

    /// <summary>The text without a byte order mark, blanks and record separators (RFC 7464) before its first character.</summary>
    public static ReadOnlySpan<byte> TrimStart(ReadOnlySpan<byte> text)
    {
        if (text.StartsWith(ByteOrderMark))
        {
            text = text[ByteOrderMark.Length..];
        }

        return text.TrimStart(" \t\r\n\u001e"u8);
    }

    /// <summary>Whether a text is an object whose first member has this name.</summary>
    /// <param name="json">The text.</param>
    /// <param name="name">The name in its quotes.</param>
    public static bool BeginsWithMember(ReadOnlySpan<byte> json, ReadOnlySpan<byte> name)
        => json is [(byte)'{', .. var members] && members.TrimStart(Blanks).StartsWith(name);

    /// <summary>Whether a text ends with a string that is written with escapes and means <paramref name="value"/>.</summary>
    public static bool LastStringIs(ReadOnlySpan<byte> text, ReadOnlySpan<byte> value)
    {
        if (text is not [.., (byte)'"'])
        {
            return false;
        }

        var quote = text.Length - 1;
        do
        {
            quote = text[..quote].LastIndexOf((byte)'"');
        }
        while (quote > 0 && IsEscaped(text, quote));
        if (quote < 0 || !text[quote..].Contains((byte)'\\'))
        {
            return false;
        }

        try
        {
            var reader = new Utf8JsonReader(text[quote..]);
            return reader.Read() && reader.TokenType == JsonTokenType.String && reader.NameIs(value);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Whether the current name of a reader is this one. A name with escapes that are not Unicode equals no other.</summary>
    public static bool NameIs(this ref Utf8JsonReader reader, ReadOnlySpan<byte> name)
    {
        try
        {
            return reader.ValueTextEquals(name);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static bool IsEscaped(ReadOnlySpan<byte> text, int place)
    {
        var before = place;
        while (before > 0 && text[before - 1] == (byte)'\\')
        {
            before--;
        }

        return ((place - before) & 1) == 1;
    }
}
