namespace LogDelivery.Records;

/// <summary>
/// Whether a record may hold a text that a search of its bytes does not find. What a log of AWS's writes as an escape is
/// punctuation; a letter or digit written so hides a word.
/// </summary>
internal static class JsonEscapes
{
    private static ReadOnlySpan<byte> Escape => "\\u00"u8;

    // Of the escapes \u0000 to \u00ff those of letters and digits; & < > ' = are written so by some, and are not part of what
    // is looked for.
    public static bool AnyOfLetter(in LogRecord record)
    {
        if (!record.HasBackslash)
        {
            return false;
        }

        var rest = record.Bytes;
        while (rest.IndexOf(Escape) is >= 0 and var place && place + 5 < rest.Length)
        {
            rest = rest[(place + Escape.Length)..];
            if (IsLetter(rest[0], rest[1]))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsLetter(byte high, byte low)
        => char.IsAsciiHexDigit((char)high) && char.IsAsciiHexDigit((char)low)
            && char.IsAsciiLetterOrDigit((char)((Convert.ToInt32(((char)high).ToString(), 16) << 4) | Convert.ToInt32(((char)low).ToString(), 16)));
}
