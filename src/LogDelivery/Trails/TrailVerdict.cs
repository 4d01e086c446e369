using LogDelivery.Gateways;

namespace LogDelivery.Trails;

/// <summary>The verdict on a trail by its status alone, without evaluating any policy.</summary>
/// <param name="State">The state of the deliveries.</param>
/// <param name="Lag">The time since the last file was delivered.</param>
/// <param name="RetryDeadline">The time until which CloudTrail retries files that it could not deliver.</param>
internal sealed record TrailVerdict(TrailDeliveryState State, TimeSpan? Lag, DateTime? RetryDeadline)
{
    /// <summary>Judges a status.</summary>
    public static TrailVerdict Of(TrailStatus status, bool hasDigests, DateTime now, TrailHealthOptions options)
    {
        var last = Latest(status.LatestDeliveryTime, status.LatestDigestDeliveryTime);
        var state = StateOf(status, last, hasDigests, now, options);

        // The clocks of two machines differ; nothing arrives in the future.
        TimeSpan? lag = last is { } time ? Max(now - time, TimeSpan.Zero) : null;
        var isHeldBack = state == TrailDeliveryState.Stale || Says(status.LatestDeliveryError) || Says(status.LatestDigestDeliveryError);
        return new(state, lag, isHeldBack ? (status.LatestDeliveryTime ?? last)?.ToUniversalTime() + options.Retries : null);
    }

    /// <summary>Whether a field holds an error. No error is null, or empty, or not there.</summary>
    public static bool Says(string? error) => !string.IsNullOrWhiteSpace(error);

    private static TrailDeliveryState StateOf(TrailStatus status, DateTime? last, bool hasDigests, DateTime now, TrailHealthOptions options)
    {
        if (!status.IsLogging)
        {
            return TrailDeliveryState.Stopped;
        }

        if (Says(status.LatestDeliveryError)
            || Says(status.LatestDigestDeliveryError)
            || Says(status.LatestNotificationError)
            || Says(status.LatestCloudWatchLogsDeliveryError))
        {
            return TrailDeliveryState.Failing;
        }

        if (last is null)
        {
            return TrailDeliveryState.NeverDelivered;
        }

        // A trail that was stopped for a week and started a minute ago is not late.
        var since = Latest(last, status.StartLoggingTime)!.Value;
        return now - since > (hasDigests ? options.StaleWithDigests : options.StaleWithoutDigests)
            ? TrailDeliveryState.Stale
            : TrailDeliveryState.Healthy;
    }

    private static DateTime? Latest(DateTime? a, DateTime? b)
    {
        var (x, y) = (a?.ToUniversalTime(), b?.ToUniversalTime());
        return x is null || y > x ? y : x;
    }

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
