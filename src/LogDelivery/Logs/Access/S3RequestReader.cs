using LogDelivery.Logs.AccessLogs;
using LogDelivery.Logs.Files;
using LogDelivery.Logs.Scan;
using LogDelivery.Logs.Shapes;

namespace LogDelivery.Logs.Access;

/// <summary>Finds the requests to S3 in one file of any shape: CloudTrail events, wrapped or not, and access logs of both forms.</summary>
internal sealed class S3RequestReader(S3RequestFilter filter, LogContent content, Action<S3Request, long> found) : RecordFinder(content)
{
    /// <summary>Reads one file.</summary>
    public static void Read(LogObject source, ReadTally tally, S3RequestFilter filter, Action<S3Request, long> found, CancellationToken cancel)
        => RecordLoop.Read(
            source,
            tally,
            content => new S3RequestReader(filter, content, found),
            cancel);

    /// <inheritdoc/>
    public override bool IsIdle(in AccessLogOutline line) => !filter.MayMatter(line.SignatureVersion);

    protected override void LookAtEvent(in LogRecord record)
    {
        if (filter.MayMatter(record) && ParseEvent(record) is { } parsed && S3Request.From(parsed) is { } request)
        {
            found(request, record.Offset);
        }
    }

    protected override void LookAtRequest(in LogRecord record)
    {
        if (filter.MayMatter(record) && ParseRequest(record) is { } parsed)
        {
            found(S3Request.From(parsed), record.Offset);
        }
    }

    protected override void LookAtLine(in LogRecord record)
    {
        var reading = ParseLine(record, out var line);
        if (reading != AccessLogReading.Damaged && filter.MayMatter(line[AccessLogField.SignatureVersion]))
        {
            found(reading == AccessLogReading.Clear ? S3Request.From(AccessLogRecord.From(line)) : S3Request.From(AccessLogParser.ReadAll(record.Bytes)), record.Offset);
        }
    }
}
