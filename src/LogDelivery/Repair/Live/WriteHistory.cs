using LogDelivery.Gateways;
using LogDelivery.Policies;

namespace LogDelivery.Repair;

/// <summary>
/// Searches CloudTrail's event history for a concurrent write of a bucket's policy, which reads cannot show when our write
/// replaced it at once. The history has whole seconds, so its events are reported but not acted on.
/// </summary>
internal sealed class WriteHistory(ITrailGateway trails, TimeProvider clock)
{
    // A comparison and the write behind it are closer than this.
    private static readonly TimeSpan SameMoment = TimeSpan.FromSeconds(10);

    /// <summary>Polls until the history shows the last of our own writes.</summary>
    /// <param name="region">The bucket's Region.</param>
    /// <param name="bucketName">The bucket.</param>
    /// <param name="before">The document that the repair began with.</param>
    /// <param name="written">The documents that the repair has written.</param>
    /// <param name="present">The document as it is.</param>
    /// <param name="timeout">The maximum time to wait.</param>
    /// <param name="interval">The time between two checks.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Whether our own write shows, and the writes of others of which something is missing now.</returns>
    public async Task<(bool IsComplete, IReadOnlyList<PolicyWriteEvent> Lost)> FindAsync(
        string region, string bucketName, string? before, IReadOnlyList<string?> written, string? present, TimeSpan timeout, TimeSpan interval, CancellationToken cancellationToken)
    {
        var since = clock.GetUtcNow().UtcDateTime - TimeSpan.FromHours(1);
        var deadline = clock.GetUtcNow() + timeout;
        while (true)
        {
            var events = await trails.FindPolicyWritesAsync(region, bucketName, since, cancellationToken).ConfigureAwait(false);
            var own = events.Where(e => written.Any(w => SamePolicy.Is(w, e.Policy))).Select(e => e.Time).ToArray();
            var isComplete = events.Any(e => SamePolicy.Is(written[^1], e.Policy));
            if (isComplete || clock.GetUtcNow() >= deadline)
            {
                return (isComplete, own.Length == 0 ? [] : [.. events.Where(e => e.Time >= own.Min() - SameMoment && e.Time <= own.Max() && IsLost(e, before, written, present))]);
            }

            await Task.Delay(interval, clock, cancellationToken).ConfigureAwait(false);
        }
    }

    private static bool IsLost(PolicyWriteEvent item, string? before, IReadOnlyList<string?> written, string? present)
    {
        if (item.Policy is not { } policy || SamePolicy.Is(policy, before) || written.Any(w => SamePolicy.Is(w, policy)))
        {
            return false;
        }

        try
        {
            return StatementRescue.Rescue(before, policy, present, PolicyKind.Bucket) is not null;
        }
        catch (PolicyFormatException)
        {
            return true;
        }
    }
}
