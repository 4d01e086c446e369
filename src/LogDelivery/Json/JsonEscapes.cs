using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace LogDelivery.Json;

/// <summary>
/// Decides whether a record may contain a text that a search of its bytes does not find. AWS logs escape only punctuation;
/// an escaped letter or digit hides a word, and an invalid escape is damage that may have hit one.
/// </summary>
internal static class JsonEscapes
{
    private const int LongestHead = 6;

    // What JSON lets follow a backslash by itself.
    private static readonly SearchValues<byte> Simple = SearchValues.Create("\"\\/bfnrt"u8);

    /// <summary>Whether a letter or digit is written as an escape, or a backslash begins no escape.</summary>
    public static bool AnyThatHides(ReadOnlySpan<byte> json)
    {
        var rest = json;
        while (rest.IndexOf((byte)'\\') is >= 0 and var place)
        {
            rest = rest[place..];
            if (rest.Length < 2 || !Simple.Contains(rest[1]))
            {
                if (Hides(rest[..Math.Min(rest.Length, LongestHead)]))
                {
                    return true;
                }
            }

            rest = rest[Math.Min(rest.Length, 2)..];
        }

        return false;
    }

    /// <summary>Whether every <c>\u</c> has its four digits: what <see cref="JsonString"/> resolves without a check of its own.</summary>
    public static bool AreWhole(ReadOnlySpan<byte> escaped)
    {
        var rest = escaped;
        while (rest.IndexOf((byte)'\\') is >= 0 and var place)
        {
            rest = rest[place..];
            if (rest.Length < 2 || (rest[1] == 'u' && !IsUnit(rest)))
            {
                return false;
            }

            rest = rest[2..];
        }

        return true;
    }

    /// <summary>
    /// The text with U+FFFD in place of every broken letter, by its bytes or by its escapes. JSON allows half pairs of surrogates, and
    /// the trees of System.Text.Json take either, and fail only when they are asked for the text.
    /// </summary>
    public static byte[] Mend(ReadOnlySpan<byte> json)
    {
        var whole = Utf8.IsValid(json) ? json.ToArray() : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(json));
        var rest = whole.AsSpan();
        while (rest.IndexOf((byte)'\\') is >= 0 and var place)
        {
            rest = rest[place..];
            var isPair = IsHighHalf(rest) && IsLowHalf(rest[LongestHead..]);
            if (!isPair && (IsHighHalf(rest) || IsLowHalf(rest)))
            {
                "fffd"u8.CopyTo(rest[2..]);
            }

            rest = rest[Math.Min(rest.Length, isPair ? 2 * LongestHead : 2)..];
        }

        return whole;
    }

    private static bool IsHighHalf(ReadOnlySpan<byte> escape) => IsUnit(escape) && (escape[2] | 0x20) == 'd' && escape[3] is (byte)'8' or (byte)'9' or (byte)'a' or (byte)'b' or (byte)'A' or (byte)'B';

    private static bool IsLowHalf(ReadOnlySpan<byte> escape) => IsUnit(escape) && (escape[2] | 0x20) == 'd' && escape[3] is >= (byte)'c' and <= (byte)'f' or >= (byte)'C' and <= (byte)'F';

    private static bool IsUnit(ReadOnlySpan<byte> escape)
        => escape is [(byte)'\\', (byte)'u', var a, var b, var c, var d, ..] && IsHex(a) && IsHex(b) && IsHex(c) && IsHex(d);

    // & < > ' = are written with their numbers by some, and are not part of what is looked for.
    private static bool Hides(ReadOnlySpan<byte> escape)
        => escape is not [_, (byte)'u', var a, var b, var c, var d]
            || !(IsHex(a) && IsHex(b) && IsHex(c) && IsHex(d))
            || (a == (byte)'0' && b == (byte)'0' && char.IsAsciiLetterOrDigit((char)((Digit(c) << 4) | Digit(d))));

    private static bool IsHex(byte digit) => char.IsAsciiHexDigit((char)digit);

    private static int Digit(byte digit) => Convert.ToInt32(((char)digit).ToString(), 16);
}
