using System.Buffers;

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

    // & < > ' = are written with their numbers by some, and are not part of what is looked for.
    private static bool Hides(ReadOnlySpan<byte> escape)
        => escape is not [_, (byte)'u', var a, var b, var c, var d]
            || !(IsHex(a) && IsHex(b) && IsHex(c) && IsHex(d))
            || (a == (byte)'0' && b == (byte)'0' && char.IsAsciiLetterOrDigit((char)((Digit(c) << 4) | Digit(d))));

    private static bool IsHex(byte digit) => char.IsAsciiHexDigit((char)digit);

    private static int Digit(byte digit) => Convert.ToInt32(((char)digit).ToString(), 16);
}
