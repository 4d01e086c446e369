namespace LogDelivery.Logs.Shapes;

/// <summary>
/// A line of an export task of CloudWatch Logs to S3, or of <c>aws logs tail</c>: a time, in the latter also the log
/// stream, and the message. Source: CloudWatch Logs user guide, S3Export.
/// </summary>
internal static class ExportLine
{
    // 2026-01-31T23:55:00, and behind it the fraction, if any, and the zone.
    private const int TimeLength = 19;
    private const int LongestTime = 40;

    /// <summary>Whether a text begins with such a line whose message is a JSON object; for other messages the origin of the time is unknown.</summary>
    public static bool BeginsWithJson(ReadOnlySpan<byte> line) => TrySplit(line, out _, out _, out var message) && message is [(byte)'{', ..];

    /// <summary>Splits a line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="time">The time.</param>
    /// <param name="logStream">The word before a message that is a JSON object; empty when there is none.</param>
    /// <param name="message">The rest.</param>
    public static bool TrySplit(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> time, out ReadOnlySpan<byte> logStream, out ReadOnlySpan<byte> message)
    {
        var end = line[..Math.Min(line.Length, LongestTime)].IndexOf((byte)' ');
        var isTime = end >= TimeLength && IsTime(line);
        time = isTime ? line[..end] : [];
        message = isTime ? line[(end + 1)..] : line;
        logStream = [];
        var word = message.IndexOf((byte)' ');
        if (isTime && message is not [(byte)'{', ..] && word > 0 && message[(word + 1)..] is [(byte)'{', ..])
        {
            logStream = message[..word];
            message = message[(word + 1)..];
        }

        return isTime;
    }

    private static bool IsTime(ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> form = "0000-00-00T00:00:00"u8;
        for (var i = 0; i < form.Length; i++)
        {
            if (form[i] == (byte)'0' ? !char.IsAsciiDigit((char)line[i]) : line[i] != form[i])
            {
                return false;
            }
        }

        return true;
    }
}
