using LogDelivery.Json;
using LogDelivery.Logs.AccessLogs;
using LogDelivery.Logs.Files;
using LogDelivery.Logs.Scan;
using LogDelivery.Logs.Shapes;

namespace LogDelivery.Logs.Failures;

/// <summary>
/// Finds refused attempts in the records of one file. What cannot be one is told by a few literals without being parsed;
/// everything else is read in full, so that the answer is that of a parser.
/// </summary>
internal sealed class FailureFinder(FailureFilter filter, LogContent content, Action<DeliveryFailure> found, Action<DeliveryAttempt>? delivered) : RecordFinder(content)
{
    /// <summary>How many refusals were only noise.</summary>
    public long NoiseCount { get; private set; }

    /// <inheritdoc/>
    public override BytePair? Letters => delivered is null ? FailurePrefilter.ErrorCodeLetters : null;

    /// <summary>Nobody asks for what was let in, unless it is to be told whether failures were mended; and few ask for what others did.</summary>
    public override bool IsIdle(in AccessLogOutline line) => (delivered is null && !line.IsError) || !IsAskedFor(line.Requester);

    protected override void LookAtEvent(in LogRecord record)
    {
        if (MayMatter(record) && ParseEvent(record) is { } parsed && CloudTrailAttempts.From(parsed) is { } attempt)
        {
            Take(attempt, record.Offset);
        }
    }

    private bool MayMatter(in LogRecord record)
    {
        if (delivered is null && !FailurePrefilter.MayHaveError(record))
        {
            return false;
        }

        return filter.IncludeAll || FailurePrefilter.MayBeDelivery(record);
    }

    protected override void LookAtRequest(in LogRecord record)
    {
        if (ParseRequest(record) is { } parsed)
        {
            Take(AccessLogAttempts.From(parsed, isAmbiguous: false), record.Offset);
        }
    }

    protected override void LookAtLine(in LogRecord record)
    {
        var reading = ParseLine(record, out var line);
        if (reading == AccessLogReading.Damaged
            || (reading == AccessLogReading.Clear && delivered is null && !line.IsError)
            || !IsAskedFor(line[AccessLogField.Requester]))
        {
            return;
        }

        if (reading == AccessLogReading.Clear)
        {
            Take(AccessLogAttempts.From(line), record.Offset);
            return;
        }

        // Of several readings one refusal is enough to be told of.
        var attempts = AccessLogParser.ReadAll(record.Bytes).Select(r => AccessLogAttempts.From(r, isAmbiguous: true)).OfType<DeliveryAttempt>().ToArray();
        if (Array.Find(attempts, a => a.IsRefused) is { } refused)
        {
            Take(refused, record.Offset);
        }
    }

    // Only S3 writes who asked, so no client can pass for a delivery or hide one.
    private bool IsAskedFor(ReadOnlySpan<byte> requester) => filter.IncludeAll || AccessLogAttempts.MayBeDelivery(requester);

    private void Take(DeliveryAttempt? attempt, long offset)
    {
        if (attempt is null || !filter.TakesTime(attempt.Time) || !filter.TakesBucket(attempt.BucketName))
        {
            return;
        }

        if (attempt.Delivers)
        {
            delivered?.Invoke(attempt);
            return;
        }

        if (!attempt.IsRefused || !filter.TakesSource(attempt.Source?.Id))
        {
            return;
        }

        NoiseCount += attempt.Kind == DeliveryFailureKind.Noise ? 1 : 0;
        if (filter.IncludeAll || attempt.Kind is DeliveryFailureKind.Failure or DeliveryFailureKind.Ambiguous)
        {
            found(attempt.ToFailure(Content.Source.Name, offset));
        }
    }
}
