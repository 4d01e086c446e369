using LogDelivery.Gateways;

namespace LogDelivery.Trails;

/// <summary>
/// Follows one trail from its failure through its recovery to the arrival of the files that were held back. Receives the
/// result of each check. Not thread-safe.
/// </summary>
/// <param name="patience">The time to wait after the last delivery for the files of hours that may never have had any.</param>
/// <param name="timeProvider">The clock; the system's when <see langword="null"/>.</param>
internal sealed class TrailRecovery(TimeSpan patience, TimeProvider? timeProvider = null)
{
    private readonly TimeProvider clock = timeProvider ?? TimeProvider.System;
    private DateTime? heldBackSince;
    private DateTime? recoveredAt;
    private TrailBacklog? backlog;
    private long lastArrival;

    /// <summary>The health at the last look, with its backlog.</summary>
    public TrailDeliveryHealth? Health { get; private set; }

    /// <summary>Whether the trail delivers again, and all files held back were delivered or are lost.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Records the result of a check.</summary>
    /// <param name="health">The observed health.</param>
    /// <param name="aws">The account that it was observed in.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="AwsCallException">S3 does not answer.</exception>
    public async Task ObserveAsync(TrailDeliveryHealth health, IAwsGateways aws, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(health);
        Health = health;
        if (health.StateValue != TrailDeliveryState.Healthy)
        {
            IsOver = false;
            recoveredAt = null;
            heldBackSince ??= IsHeldBack(health) ? health.S3.LastTime ?? health.LoggingSince : null;
            return;
        }

        if (heldBackSince is not { } since || (recoveredAt ??= health.S3.LastTime) is not { } recovered || recovered <= since)
        {
            IsOver = true;
            return;
        }

        var seen = await new BacklogCheck(aws).CheckAsync(health, since, recovered, cancellationToken).ConfigureAwait(false);
        if (backlog is null || seen.Files > backlog.Files)
        {
            lastArrival = clock.GetTimestamp();
        }

        backlog = seen;
        IsOver = seen.HasArrived != false || seen.Problem is not null;
        if (!IsOver && clock.GetElapsedTime(lastArrival) >= patience)
        {
            backlog = seen with { HasArrived = null };
            IsOver = true;
        }

        Health = health with { Backlog = backlog, Explanation = $"{health.Explanation} {backlog}" };
    }

    private static bool IsHeldBack(TrailDeliveryHealth health)
        => health.S3.HasError || health.StateValue is TrailDeliveryState.Stale or TrailDeliveryState.NeverDelivered;
}
