using LogDelivery.Logs.AccessLogs;
using LogDelivery.Logs.Files;

namespace LogDelivery.Logs.Shapes;

/// <summary>Cuts lines. Empty lines are not records.</summary>
internal sealed class LineCutter(TextWindow window, int maxRecordLength) : RecordCutter(window, maxRecordLength)
{
    private int start;
    private int searched;
    private bool skipping;
    private bool ended;

    /// <summary>Selects lines of an access log to skip; they are counted.</summary>
    public AccessLogTest? IsIdle { get; set; }

    public override bool TryCut(out LogRecord record)
    {
        PassOver();
        while (!ended)
        {
            var end = Window.Bytes[searched..].IndexOf((byte)'\n');
            if (end >= 0)
            {
                end += searched;
                if (TakeLine(end, out record))
                {
                    return true;
                }

                continue;
            }

            searched = Window.Bytes.Length;
            if (searched - start > MaxRecordLength)
            {
                if (!skipping)
                {
                    ReportTooLarge(Window.Origin + start);
                }

                skipping = true;
                start = searched;
            }

            var isMore = Window.Fill(start, out var shift);
            start -= shift;
            searched -= shift;
            if (isMore)
            {
                continue;
            }

            if (Window.IsWaiting)
            {
                break;
            }

            // The last line needs no line feed, but the end of a damaged part is the middle of a line.
            if (!Window.Content.IsCutOff && start < Window.Bytes.Length && TakeLine(Window.Bytes.Length, out record))
            {
                return true;
            }

            ended = !Window.MoveToNextPart();
            start = searched = 0;
            skipping = false;
        }

        record = default;
        return false;
    }

    private void PassOver()
    {
        if (IsIdle is not null && !skipping)
        {
            start = searched = start + AccessLogSkim.Skim(Window.Bytes[start..], IsIdle, out var lines);
            Count += lines;
        }
    }

    private bool TakeLine(int end, out LogRecord record)
    {
        var line = Window.Bytes[start..end];
        var offset = Window.Origin + start;
        var wasSkipping = skipping;
        start = searched = Math.Min(end + 1, Window.Bytes.Length);
        skipping = false;
        if (line is [.., (byte)'\r'])
        {
            line = line[..^1];
        }

        if (wasSkipping || line.IsEmpty)
        {
            record = default;
            return false;
        }

        record = new(line, offset, ++Count);
        return true;
    }
}
