using System.Globalization;
using LogDelivery.Gateways;

namespace LogDelivery.Trails;

/// <summary>Describes a trail's health and its reason in one or two sentences.</summary>
internal static class TrailExplanation
{
    /// <summary>The sentences.</summary>
    public static string Of(TrailDeliveryHealth health, TrailStatus status, TrailHealthOptions options, DateTime now, IReadOnlyList<string> notes)
    {
        var sentences = new List<string> { First(health, status, options, now) };
        if (health.StateValue != TrailDeliveryState.Healthy && health.Cause.FirstOrDefault(f => f.SeverityValue == FindingSeverity.Blocks) is { } cause
            && health.StateValue != TrailDeliveryState.Stopped)
        {
            sentences.Add($"{cause.Title}: {cause.Evidence}");
        }
        else if (health.StateValue is TrailDeliveryState.Failing && health.Cause.FirstOrDefault(f => f.SeverityValue == FindingSeverity.Warning) is { } warning)
        {
            sentences.Add($"{warning.Title}: {warning.Evidence}");
        }

        if (health.RetryDeadline is { } deadline)
        {
            sentences.Add(deadline > now
                ? $"Files that were not delivered are retried until {At(deadline)}."
                : $"Retries ended at {At(deadline)}; files that were not delivered by then are lost.");
        }

        if (health.StateValue != TrailDeliveryState.Healthy)
        {
            if (health.MissingPermissions.Length > 0)
            {
                sentences.Add($"Not all of it may be read; missing: {string.Join(", ", health.MissingPermissions)}.");
            }

            sentences.AddRange(notes);
        }

        return string.Join(' ', sentences.Select(s => s.EndsWith('.') ? s : $"{s}."));
    }

    /// <summary>The sentence for a trail whose status may not be read.</summary>
    public static string OfUnknown(AwsCallException error)
        => error.MissingPermission is { } permission ? $"The status may not be read: {permission} is missing." : $"The status cannot be read: {error.Message}";

    /// <summary>A point in time.</summary>
    public static string At(DateTime time) => time.ToUniversalTime().ToString("HH:mm 'UTC on' d MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>A span of time, as coarse as people say it.</summary>
    public static string Span(TimeSpan span) => span switch
    {
        { TotalMinutes: < 1 } => "less than a minute",
        { TotalMinutes: < 100 } => Count((int)Math.Round(span.TotalMinutes), "minute"),
        { TotalHours: < 48 } => Count((int)Math.Round(span.TotalHours), "hour"),
        _ => Count((int)Math.Round(span.TotalDays), "day"),
    };

    private static string First(TrailDeliveryHealth health, TrailStatus status, TrailHealthOptions options, DateTime now)
    {
        var arrived = health.Lag is { } lag ? $"The last file arrived {Span(lag)} ago." : "Nothing has arrived yet.";
        return health.StateValue switch
        {
            TrailDeliveryState.Healthy => $"Log files arrive in {health.BucketName}. {arrived}",
            TrailDeliveryState.Stopped => status.StopLoggingTime is { } stop ? $"The trail has not been logging since {At(stop)}." : "The trail is not logging.",
            TrailDeliveryState.Failing => Failing(health),
            TrailDeliveryState.Stale => $"AWS reports no error, but nothing has arrived in {health.BucketName} for {Span(health.Lag ?? TimeSpan.Zero)}.",
            TrailDeliveryState.NeverDelivered when status.StartLoggingTime is { } start => now - start.ToUniversalTime() < options.FirstDelivery
                ? $"Nothing has arrived yet. The trail has been logging for {Span(now - start.ToUniversalTime())}; the first files take up to {Span(options.FirstDelivery)}."
                : $"Nothing has ever arrived in {health.BucketName}, though the trail has been logging since {At(start)}.",
            _ => $"Nothing has ever arrived in {health.BucketName}.",
        };
    }

    private static string Failing(TrailDeliveryHealth health)
    {
        var legs = new List<string>();
        Add("S3 refuses the log files", health.S3);
        Add("S3 refuses the digests", health.Digest);
        Add("SNS refuses the notifications", health.Notification);
        Add("CloudWatch Logs refuses the events", health.CloudWatchLogs);
        return string.Join(' ', legs);

        void Add(string what, DeliveryLeg leg)
        {
            if (leg.HasError)
            {
                var last = leg.LastTime is { } time ? $"the last success was at {At(time)}"
                    : health.LoggingSince is { } start ? $"there was no success since the trail started logging at {At(start)}"
                    : "no success is reported";
                legs.Add($"{what} with {leg.Error}; {last}.");
            }
        }
    }

    private static string Count(int count, string unit) => string.Create(CultureInfo.InvariantCulture, $"{count} {unit}{(count == 1 ? string.Empty : "s")}");
}
