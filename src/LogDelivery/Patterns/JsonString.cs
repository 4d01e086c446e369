using System.Buffers;
using System.Globalization;
using System.Text;

namespace LogDelivery.Patterns;

/// <summary>The characters of a JSON string with escapes, as UTF-8.</summary>
internal static class JsonString
{
    /// <summary>Resolves the escapes of a string that was checked.</summary>
    /// <param name="escaped">What stands between the quotes.</param>
    /// <param name="characters">Takes the characters; as long as <paramref name="escaped"/> is always enough.</param>
    /// <returns>How many bytes were written. Half a pair of surrogates becomes U+FFFD.</returns>
    public static int Unescape(ReadOnlySpan<byte> escaped, Span<byte> characters)
    {
        var written = 0;
        while (true)
        {
            var plain = escaped.IndexOf((byte)'\\');
            if (plain < 0)
            {
                escaped.CopyTo(characters[written..]);
                return written + escaped.Length;
            }

            escaped[..plain].CopyTo(characters[written..]);
            written += plain;
            escaped = escaped[plain..];
            if (escaped[1] != 'u')
            {
                characters[written++] = escaped[1] switch
                {
                    (byte)'b' => (byte)'\b',
                    (byte)'f' => (byte)'\f',
                    (byte)'n' => (byte)'\n',
                    (byte)'r' => (byte)'\r',
                    (byte)'t' => (byte)'\t',
                    var same => same,
                };
                escaped = escaped[2..];
                continue;
            }

            var unit = Unit(escaped);
            escaped = escaped[6..];
            var rune = Rune.ReplacementChar;
            if (Rune.IsValid(unit))
            {
                rune = new(unit);
            }
            else if (escaped.Length >= 6 && escaped[0] == '\\' && escaped[1] == 'u' && Rune.TryCreate(unit, Unit(escaped), out var pair))
            {
                rune = pair;
                escaped = escaped[6..];
            }

            written += rune.EncodeToUtf8(characters[written..]);
        }
    }

    /// <summary>Compares the characters of a string with escapes with a text.</summary>
    public static bool Equals(ReadOnlySpan<byte> escaped, ReadOnlySpan<byte> text)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(escaped.Length);
        var equal = buffer.AsSpan(0, Unescape(escaped, buffer)).SequenceEqual(text);
        ArrayPool<byte>.Shared.Return(buffer);
        return equal;
    }

    private static char Unit(ReadOnlySpan<byte> escape)
        => (char)ushort.Parse(escape.Slice(2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
