using LogDelivery.Json;
using LogDelivery.Logs.Shapes;

namespace LogDelivery.Logs.Failures;

/// <summary>
/// Says of a CloudTrail record, without parsing it, that it cannot be a failed delivery. It may be wrong only in the other
/// direction: what it lets through is parsed. Keys and values are looked for as they are always written; where a letter of the
/// record is written as an escape, which no log of AWS does, or a backslash begins no escape, the record is let through.
/// Of single bytes that break the JSON of a failure none is passed over so: a quote too many or too few turns strings and what is
/// between them round, which shows in the brackets; a control character or bytes that are no UTF-8 are seen anyway.
/// </summary>
internal static class FailurePrefilter
{
    // The part of "errorCode" whose first and last byte are rarest: vectorised search goes by these two.
    private static ReadOnlySpan<byte> ErrorCode => "rorCod"u8;

    /// <summary>Two letters of <c>errorCode</c> that hardly any other word has side by side.</summary>
    public static BytePair ErrorCodeLetters => new((byte)'r', (byte)'C');

    /// <summary>Whether the record may have an error code.</summary>
    public static bool MayHaveError(in LogRecord record)
        => record.Bytes.IndexOf(ErrorCode) >= 0 || record.MayHideText;

    /// <summary>Whether a delivery source may have made the request: as a service, through a role, or as an account of AWS's own.</summary>
    public static bool MayBeDelivery(in LogRecord record)
        => record.Bytes.IndexOf("nvokedB"u8) >= 0
            || record.Bytes.IndexOf("AWSService"u8) >= 0
            || record.Bytes.IndexOf("AWSAccount"u8) >= 0
            || record.MayHideText;
}
