using LogDelivery.Gateways;
using LogDelivery.Sources;

namespace LogDelivery.Repair;

/// <summary>
/// Repairs policies in AWS, one bucket with its deliveries at a time: read, plan and prove; confirm; back up; compare;
/// write; read back; test; and optionally wait for the next delivery. Only proven changes are written. See
/// docs/concepts/live-repair.md.
/// </summary>
/// <param name="aws">AWS, with the credentials of the account that owns the bucket.</param>
/// <param name="region">The Region of resources that do not name one.</param>
/// <param name="options">How it is done.</param>
/// <param name="clock">The clock; the system's when <see langword="null"/>.</param>
internal sealed class LiveRepair(IAwsGateways aws, string region, LiveRepairOptions options, TimeProvider? clock = null)
{
    private readonly TimeProvider clock = clock ?? TimeProvider.System;

    /// <summary>Plans the repair of one bucket. Changes nothing.</summary>
    /// <param name="requests">The requested repairs, all for the same bucket.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="AwsCallException">AWS does not answer.</exception>
    /// <exception cref="InvalidDeliveryException">A delivery is invalid, or lacks a required parameter.</exception>
    public Task<LiveRepairPlan> PlanAsync(IReadOnlyList<LiveRepairRequest> requests, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(requests);
        return requests.Count > 0 && requests.All(r => r.BucketName == requests[0].BucketName)
            ? new LivePlanner(aws, region, options, clock, cancellationToken).PlanAsync(requests, cancellationToken)
            : throw new ArgumentException("One bucket is planned at a time.", nameof(requests));
    }

    /// <summary>Applies a plan, document by document. A failure of one document is in its record, and the others continue.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="consent">Asked for each change before anything is kept or written.</param>
    /// <param name="cancellationToken">Stops before the next document is written.</param>
    /// <returns>A record for each document that takes part; the same ones are in the journal.</returns>
    public async Task<IReadOnlyList<PolicyRepairRecord>> ApplyAsync(LiveRepairPlan plan, Func<LivePolicyChange, RepairConsent> consent, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(consent);
        if (plan.Changes.Count == 0)
        {
            return [JournalEntry.Add(options.Journal, WithoutBucket(plan))];
        }

        var watch = options.WaitTimeout is null ? null : await RecoveryWatch.StartAsync(aws, plan, clock, cancellationToken).ConfigureAwait(false);
        var writer = new LiveWriter(plan, options, clock);
        var records = new List<PolicyRepairRecord>();
        foreach (var change in plan.Changes)
        {
            records.Add(await writer.ApplyAsync(change, consent, cancellationToken).ConfigureAwait(false));
        }

        if (watch is not null && records.TrueForAll(r => r.OutcomeValue is PolicyRepairOutcome.Repaired or PolicyRepairOutcome.NothingToDo or PolicyRepairOutcome.NotAskedFor) && records[0].IsLetIn != false)
        {
            var seen = await watch.WaitAsync(options.WaitTimeout!.Value, options.PollingInterval, cancellationToken).ConfigureAwait(false);
            records[0] = JournalEntry.Add(options.Journal, records[0] with { Time = clock.GetUtcNow().UtcDateTime, HasDelivered = seen.HasDelivered, NextDelivery = seen.Description });
        }

        if (options.HistoryTimeout is { } timeout && plan.BucketRegion is not null && records[0].Written.Count > 0 && records[0].OutcomeValue is PolicyRepairOutcome.Repaired or PolicyRepairOutcome.PartlyRepaired)
        {
            var looked = await writer.CheckHistoryAsync(aws, plan.Changes[0], records[0], timeout, cancellationToken).ConfigureAwait(false);
            records[0] = ReferenceEquals(looked, records[0]) ? looked : JournalEntry.Add(options.Journal, looked with { Time = clock.GetUtcNow().UtcDateTime });
        }

        return records;
    }

    private PolicyRepairRecord WithoutBucket(LiveRepairPlan plan) => new()
    {
        RunId = plan.RunId,
        Time = clock.GetUtcNow().UtcDateTime,
        OutcomeValue = PolicyRepairOutcome.Blocked,
        Explanation = $"{string.Join(' ', plan.Findings.Select(f => f.Evidence))} Nothing was written.",
        BucketName = plan.BucketName,
        AccountId = plan.ExpectedOwner,
        TargetValue = PolicyTarget.Bucket,
        Resource = $"arn:{Regions.PartitionOf(region)}:s3:::{plan.BucketName}",
        Caller = plan.Caller.Arn,
        Findings = [.. plan.Findings],
        Obstacles = [.. plan.Findings.Select(f => $"{f.Id} {f.Evidence} {f.Remedy}")],
        MissingPermissions = [.. plan.MissingPermissions],
        IsLetIn = false,
    };
}
