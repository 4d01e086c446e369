namespace LogDelivery.Records;

/// <summary>
/// Says of a CloudTrail record, without parsing it, that it cannot be a failed delivery. It may be wrong only in the other
/// direction: what it lets through is parsed. Keys and values are looked for as they are always written; where a letter of the
/// record is written as an escape, which no log of AWS does, the record is let through.
/// </summary>
internal static class FailurePrefilter
{
    // The part of "errorCode" whose first and last byte are rarest: vectorised search goes by these two.
    private static ReadOnlySpan<byte> ErrorCode => "rorCod"u8;

    private static ReadOnlySpan<byte> Escape => "\\u00"u8;

    /// <summary>Whether the record may have an error code.</summary>
    public static bool MayHaveError(in LogRecord record)
        => record.Bytes.IndexOf(ErrorCode) >= 0 || HasEscapedLetter(record);

    /// <summary>Whether a delivery source may have made the request: as a service, through a role, or as an account of AWS's own.</summary>
    public static bool MayBeDelivery(in LogRecord record)
        => record.Bytes.IndexOf("nvokedB"u8) >= 0
            || record.Bytes.IndexOf("AWSService"u8) >= 0
            || record.Bytes.IndexOf("AWSAccount"u8) >= 0
            || HasEscapedLetter(record);

    // Of the escapes \u0000 to \u00ff those of letters and digits; & < > ' = are written so by some, and are not part of what
    // is looked for.
    private static bool HasEscapedLetter(in LogRecord record)
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
