using LogDelivery.Gateways;
using LogDelivery.Repair;

namespace LogDelivery.Streams;

/// <summary>
/// Repairs the policies of a chain from a log group through Firehose into a bucket: roles, their trust, the bucket and the key.
/// Each change is proven, kept, compared, written, read back and tested as any other live repair.
/// </summary>
/// <param name="aws">AWS.</param>
/// <param name="options">How it is done; every kind of document of the chain may be written.</param>
/// <param name="clock">The clock; the system's when <see langword="null"/>.</param>
internal sealed class StreamRepair(IStreamGateways aws, LiveRepairOptions options, TimeProvider? clock = null)
{
    // Broken in these, a policy is to blame.
    private static readonly StreamLink[] OfPolicies =
    [
        StreamLink.SubscriptionTrust, StreamLink.SubscriptionPermission, StreamLink.StreamTrust, StreamLink.BucketPermission, StreamLink.KeyPermission,
        StreamLink.ErrorLogPermission, StreamLink.LambdaPermission, StreamLink.KinesisPermission, StreamLink.BucketPolicy, StreamLink.KeyPolicy,
    ];

    /// <summary>Plans the repair of the chains that a query means. It only reads.</summary>
    /// <param name="query">Which.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="Gateways.AwsCallException">AWS does not answer.</exception>
    public async Task<IReadOnlyList<StreamRepairPlan>> PlanAsync(StreamQuery query, CancellationToken cancellationToken)
    {
        var caller = await aws.Account.GetIdentityAsync(cancellationToken).ConfigureAwait(false);
        var plans = new List<StreamRepairPlan>();
        foreach (var picture in await new StreamPictureReader(aws, clock).ReadAsync(query, cancellationToken).ConfigureAwait(false))
        {
            var rows = StreamTest.Run(picture);
            var owner = options.ExpectedBucketOwner ?? picture.BucketSettings.AccountId ?? picture.AccountId;
            var planner = new StreamRepairPlanner(aws, picture, options, owner, cancellationToken);
            var changes = planner.Plan();
            var live = new LiveRepairPlan(Guid.NewGuid().ToString("N"), picture.Stream.Value?.Destination?.BucketName ?? picture.StreamName, owner, caller)
            {
                BucketRegion = picture.BucketSettings.Region,
                Deliveries = planner.Deliveries,
                Changes = changes,
                Notes = planner.Notes,
                MissingPermissions = picture.MissingPermissions,
            };
            plans.Add(new(rows, live, [.. rows.Where(r => r.StateValue == StreamLinkState.Broken && !IsMended(r.LinkValue, picture))]));
        }

        return plans;
    }

    /// <summary>Carries a plan out, document by document.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="consent">Asked for each change before anything is kept or written.</param>
    /// <param name="cancellationToken">Stops before the next document is written.</param>
    /// <returns>A record for each document that takes part; empty when none has to be changed.</returns>
    public async Task<IReadOnlyList<PolicyRepairRecord>> ApplyAsync(StreamRepairPlan plan, Func<LivePolicyChange, RepairConsent> consent, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return plan.Live.Changes.Count == 0
            ? []
            : await new LiveRepair(aws, plan.Live.BucketRegion ?? string.Empty, options, clock).ApplyAsync(plan.Live, consent, cancellationToken).ConfigureAwait(false);
    }

    // A role that is gone is no matter of its policies.
    private static bool IsMended(StreamLink link, StreamPicture picture) => OfPolicies.Contains(link)
        && (link != StreamLink.StreamTrust || !picture.Role.IsMissing)
        && (link != StreamLink.SubscriptionTrust || picture.Subscriptions.All(s => !s.Role.IsMissing));
}
