using System.Text.Json;
using LogDelivery.Json;
using LogDelivery.Logs.AccessLogs;
using LogDelivery.Logs.CloudTrail;
using LogDelivery.Logs.Files;
using LogDelivery.Logs.Shapes;

namespace LogDelivery.Logs.Scan;

/// <summary>Searches the records of one file.</summary>
/// <param name="content">The file, where damage is noted.</param>
internal abstract class RecordFinder(LogContent content)
{
    /// <summary>The file.</summary>
    protected LogContent Content => content;

    /// <summary>A letter pair that every relevant CloudTrail record contains, literally or as an escape; other records may be skipped.</summary>
    public virtual BytePair? Letters => null;

    /// <summary>
    /// Selects lines of an access log to skip. It is only called for lines that can be read in one way, so no damage is
    /// skipped.
    /// </summary>
    public virtual bool IsIdle(in AccessLogOutline line) => false;

    /// <summary>Handles one record.</summary>
    /// <param name="record">The record; for a record within a log event, the inner one at the position of the event.</param>
    /// <param name="shape"><see cref="LogShape.AccessLog"/>, <see cref="LogShape.AccessLogJson"/>, or another one for events.</param>
    public void Look(in LogRecord record, LogShape shape)
    {
        switch (shape)
        {
            case LogShape.AccessLog:
                LookAtLine(record);
                break;
            case LogShape.AccessLogJson:
                LookAtRequest(record);
                break;
            default:
                LookAtEvent(record);
                break;
        }
    }

    /// <summary>Parses an event; damage is recorded.</summary>
    /// <returns>The event; <see langword="null"/> when there is none.</returns>
    protected CloudTrailEvent? ParseEvent(in LogRecord record)
    {
        try
        {
            return CloudTrailEvent.Parse(record.Bytes);
        }
        catch (JsonException exception)
        {
            ReportEvent(record, exception);
            return null;
        }
    }

    /// <summary>Records that a record is malformed.</summary>
    protected void ReportEvent(in LogRecord record, JsonException exception)
        => content.Report(DamageKind.Malformed, record.Offset + (record.IsCarried ? 0 : PlaceOf(exception, record.Bytes)), "The record here is not well-formed JSON.");

    /// <summary>Parses a request of an access log in JSON; damage is recorded.</summary>
    /// <returns>The request; <see langword="null"/> when there is none.</returns>
    protected AccessLogRecord? ParseRequest(in LogRecord record)
    {
        if (!AccessLogJson.TryRead(record.Bytes, out var parsed, out var problem))
        {
            content.Report(DamageKind.Malformed, record.Offset, $"The request here cannot be read. {problem}");
        }

        return parsed;
    }

    /// <summary>Parses a line of an access log; other lines are recorded as damage.</summary>
    protected AccessLogReading ParseLine(in LogRecord record, out AccessLogLine line)
    {
        var reading = AccessLogParser.Parse(record.Bytes, out line);
        if (reading == AccessLogReading.Damaged)
        {
            content.Report(DamageKind.Malformed, record.Offset + line.ProblemOffset, $"This line is not an access log line. {line.Problem}");
        }

        return reading;
    }

    /// <summary>Handles a line of an access log.</summary>
    protected abstract void LookAtLine(in LogRecord record);

    /// <summary>Handles a request of an access log in JSON.</summary>
    protected abstract void LookAtRequest(in LogRecord record);

    /// <summary>Handles a CloudTrail event, wrapped or not.</summary>
    protected abstract void LookAtEvent(in LogRecord record);

    // A parser counts lines.
    private static long PlaceOf(JsonException exception, ReadOnlySpan<byte> json)
    {
        var place = 0;
        for (var line = exception.LineNumber ?? 0; line > 0; line--)
        {
            place += json[place..].IndexOf((byte)'\n') + 1;
        }

        return place + (exception.BytePositionInLine ?? 0);
    }
}
