using System.Text.Json;
using LogDelivery.Logs.AccessLogs;
using LogDelivery.Logs.CloudTrail;
using LogDelivery.Logs.Failures;
using LogDelivery.Logs.Files;
using LogDelivery.Logs.Scan;
using LogDelivery.Logs.Shapes;

namespace LogDelivery.Logs.Destinations;

/// <summary>
/// Finds calls that set destinations in the records of one file, and where buckets are expected also what is delivered into
/// these. Which records may matter is told by a few literals without parsing; what may is read in full.
/// </summary>
internal sealed class DestinationFinder(DestinationFilter filter, LogContent content, ExpectedBucketWrites watch, Action<LoggedChange> found) : RecordFinder(content)
{
    /// <summary>Access logs hold no calls that set a destination; they are read for what is delivered.</summary>
    public override bool IsIdle(in AccessLogOutline line) => watch.IsIdle;

    protected override void LookAtEvent(in LogRecord record)
    {
        var (maySet, mayDeliver) = (DestinationCalls.MayMatter(record), watch.MayMatter(record));
        if (!maySet && !mayDeliver)
        {
            return;
        }

        try
        {
            if (mayDeliver && CloudTrailEvent.Parse(record.Bytes) is { } parsed)
            {
                Watch(CloudTrailAttempts.From(parsed));
            }

            if (maySet && ManagementCall.Parse(record.Bytes) is { } call)
            {
                Take(call, record.Offset);
            }
        }
        catch (JsonException exception)
        {
            ReportEvent(record, exception);
        }
    }

    protected override void LookAtRequest(in LogRecord record)
    {
        if (ParseRequest(record) is { } parsed)
        {
            Watch(AccessLogAttempts.From(parsed, isAmbiguous: false));
        }
    }

    protected override void LookAtLine(in LogRecord record)
    {
        var reading = ParseLine(record, out var line);
        if (reading == AccessLogReading.Clear)
        {
            Watch(AccessLogAttempts.From(line));
        }
        else if (reading == AccessLogReading.Ambiguous)
        {
            // Whichever reading is right, what may have been a delivery shall not be called missing.
            foreach (var each in AccessLogParser.ReadAll(record.Bytes))
            {
                Watch(AccessLogAttempts.From(each, isAmbiguous: true));
            }
        }
    }

    private void Take(ManagementCall call, long offset)
    {
        if (call.Logged.Time >= filter.Before)
        {
            return;
        }

        var number = 0;
        foreach (var change in DestinationCalls.Read(call))
        {
            found(new(call.Logged, number++, change, Content.Source.Name, offset));
        }
    }

    private void Watch(DeliveryAttempt? attempt)
    {
        if (attempt is not null && !(attempt.Time >= filter.Before))
        {
            watch.Add(attempt);
        }
    }
}
