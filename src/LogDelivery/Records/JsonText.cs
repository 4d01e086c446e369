using System.Text.Json;

namespace LogDelivery.Records;

/// <summary>Small questions about JSON text.</summary>
internal static class JsonText
{
    public static ReadOnlySpan<byte> Blanks => " \t\r\n"u8;

    public static ReadOnlySpan<byte> ByteOrderMark => [0xef, 0xbb, 0xbf];

    /// <summary>Whether a text ends with a string that is written with escapes and means <paramref name="value"/>.</summary>
    public static bool LastStringIs(ReadOnlySpan<byte> text, string value)
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
            return reader.Read() && reader.TokenType == JsonTokenType.String && reader.ValueTextEquals(value);
        }
        catch (JsonException)
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
