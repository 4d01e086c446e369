using System.Text.Json;

namespace LogDelivery.Records;

/// <summary>Finds the requests to S3 in one file of any shape: CloudTrail events, wrapped or not, and access logs of both forms.</summary>
internal sealed class S3RequestReader(S3RequestFilter filter, LogContent content, Action<S3Request, long> found) : RecordFinder
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
        if (!filter.MayMatter(record))
        {
            return;
        }

        try
        {
            if (CloudTrailEvent.Parse(record.Bytes) is { } parsed && S3Request.From(parsed) is { } request)
            {
                found(request, record.Offset);
            }
        }
        catch (JsonException exception)
        {
            content.Report(DamageKind.Malformed, record.Offset + (exception.BytePositionInLine ?? 0), "The record here is not well-formed JSON.");
        }
    }

    protected override void LookAtRequest(in LogRecord record)
    {
        if (!filter.MayMatter(record))
        {
            return;
        }

        if (AccessLogJson.TryRead(record.Bytes, out var parsed, out var problem))
        {
            found(S3Request.From(parsed!), record.Offset);
        }
        else
        {
            content.Report(DamageKind.Malformed, record.Offset, $"The request here cannot be read. {problem}");
        }
    }

    protected override void LookAtLine(in LogRecord record)
    {
        var reading = AccessLogParser.Parse(record.Bytes, out var line);
        if (reading == AccessLogReading.Damaged)
        {
            content.Report(DamageKind.Malformed, record.Offset + line.ProblemOffset, $"The line here is none of an access log. {line.Problem}");
        }
        else if (filter.MayMatter(line[AccessLogField.SignatureVersion]))
        {
            found(reading == AccessLogReading.Clear ? S3Request.From(AccessLogRecord.From(line)) : S3Request.From(AccessLogParser.ReadAll(record.Bytes)), record.Offset);
        }
    }
}
