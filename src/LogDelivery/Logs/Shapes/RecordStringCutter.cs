using LogDelivery.Json;
using LogDelivery.Logs.Files;

namespace LogDelivery.Logs.Shapes;

/// <summary>
/// Cuts JSON strings, in one array or in sequence, and returns each as a log event: the output of <c>--query
/// 'Events[].CloudTrailEvent'</c> on a lookup, or of <c>jq</c> without <c>-r</c>.
/// </summary>
internal sealed class RecordStringCutter(TextWindow window, int maxRecordLength) : RecordCutter(window, maxRecordLength)
{
    private readonly EventJson json = new();
    private int start;
    private int next;
    private bool isInString;
    private bool isTooLarge;
    private bool ended;

    /// <summary>Whether a text begins with a string, in arrays or not, that holds a JSON object.</summary>
    public static bool IsOne(ReadOnlySpan<byte> text)
        => text.TrimStart("[ \t\r\n"u8) is [(byte)'"', .. var content] && content.TrimStart((byte)' ') is [(byte)'{', (byte)'\\' or (byte)' ' or (byte)'}', ..];

    public override bool TryCut(out LogRecord record)
    {
        while (!ended)
        {
            if (isInString ? TryEnd() : TryBegin())
            {
                json.Begin();
                json.AddWritten("message"u8, Window.Bytes[start..next]);
                json.End();
                record = new(json.Bytes, Window.Origin + start, ++Count, hasBackslash: true);
                return true;
            }
        }

        record = default;
        return false;
    }

    /// <summary>Finds the beginning of the next string.</summary>
    /// <returns>Always <see langword="false"/>: a string that begins has not ended.</returns>
    private bool TryBegin()
    {
        var gap = Window.Bytes[next..];
        var quote = gap.IndexOf((byte)'"');
        var between = (quote < 0 ? gap : gap[..quote]).Trim("[], \t\r\n"u8);
        if (!between.IsEmpty && !between.SequenceEqual(JsonText.ByteOrderMark))
        {
            Window.Content.Report(DamageKind.Malformed, Window.Origin + next, "The text between two strings is not a string.");
        }

        if (quote >= 0)
        {
            start = next + quote;
            next = start + 1;
            isInString = true;
            isTooLarge = false;
            return false;
        }

        next = Window.Bytes.Length;
        Fill(next);
        return false;
    }

    private bool TryEnd()
    {
        while (Window.Bytes[next..].IndexOfAny((byte)'"', (byte)'\\') is >= 0 and var place)
        {
            if (Window.Bytes[next + place] == (byte)'"')
            {
                next += place + 1;
                isInString = false;
                return !isTooLarge;
            }

            if (next + place + 2 > Window.Bytes.Length)
            {
                next += place;
                Fill(start);
                return false;
            }

            next += place + 2;
        }

        next = Window.Bytes.Length;
        if (next - start > MaxRecordLength && !isTooLarge)
        {
            ReportTooLarge(Window.Origin + start);
            isTooLarge = true;
        }

        Fill(isTooLarge ? next : start);
        return false;
    }

    private void Fill(int keep)
    {
        var isMore = Window.Fill(keep, out var shift);
        next -= shift;
        start -= shift;
        if (isMore)
        {
            return;
        }

        if (isInString && !Window.Content.IsCutOff)
        {
            Window.Content.Report(DamageKind.Truncated, Window.Origin + Math.Max(start, 0), "The text ends within the string that begins here.");
        }

        ended = !Window.MoveToNextPart();
        start = next = 0;
        isInString = false;
    }
}
