using LogDelivery.Policies;
using LogDelivery.Sources;

namespace LogDelivery.Repair;

/// <summary>
/// Plans the smallest change of a policy that allows deliveries and nothing else, and proves it. Nothing is written.
/// </summary>
internal static class PolicyRepair
{
    /// <summary>Plans the repair of one document.</summary>
    /// <param name="document">The policy of the bucket or the key; <see cref="PolicyDocument.Empty"/> when there is none.</param>
    /// <param name="target">The kind of document: bucket policy or key policy.</param>
    /// <param name="deliveries">The deliveries to allow, from any number of sources and accounts.</param>
    /// <param name="options">The changes that the repair may make besides adding statements; <see cref="RepairOptions.Default"/> when <see langword="null"/>.</param>
    /// <param name="cancellationToken">Stops the planning.</param>
    /// <exception cref="ArgumentException">A delivery is not well-formed, or lacks a required parameter.</exception>
    /// <exception cref="OperationCanceledException">The planning was stopped.</exception>
    public static RepairPlan Plan(
        PolicyDocument document, PolicyTarget target, IReadOnlyList<Delivery> deliveries, RepairOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(deliveries);
        return new RepairPlanner(document, target, deliveries, options ?? RepairOptions.Default, cancellationToken).Plan();
    }

    /// <summary>Creates a policy that allows exactly what deliveries need.</summary>
    /// <param name="target">The kind of document.</param>
    /// <param name="deliveries">The deliveries.</param>
    /// <exception cref="ArgumentException">A delivery is not well-formed, or lacks a required parameter.</exception>
    public static PolicyDocument Create(PolicyTarget target, IReadOnlyList<Delivery> deliveries)
    {
        ArgumentNullException.ThrowIfNull(deliveries);
        var document = PolicyDocument.Parse("{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": []\n}\n", KindOf(target));
        return GrantsOf(deliveries, target).Aggregate(document, (d, g) => PolicyEditor.AddStatement(d, g.ToJsonNode(PolicyEditor.FreeSid(d, g.Sid))));
    }

    /// <summary>Plans the repair of a document that no source of the catalog names: a topic's, a role's.</summary>
    internal static RepairPlan Plan(PolicyDocument document, PolicyTarget target, IReadOnlyList<RequiredCall> calls, CancellationToken cancellationToken)
        => new RepairPlanner(document, target, calls, RepairOptions.Default, cancellationToken).Plan();

    internal static PolicyKind KindOf(PolicyTarget target) => target switch
    {
        PolicyTarget.Bucket => PolicyKind.Bucket,
        PolicyTarget.Key => PolicyKind.Key,
        PolicyTarget.Role => PolicyKind.Identity,
        PolicyTarget.RoleTrust => PolicyKind.Trust,
        _ => PolicyKind.Any,
    };

    /// <summary>
    /// The largest document in bytes. Topic and role policies are not checked: their limits are not documented as clearly,
    /// or can be raised.
    /// </summary>
    internal static int LimitOf(PolicyTarget target) => target switch
    {
        PolicyTarget.Bucket => PolicyDocument.MaxBucketPolicyBytes,
        PolicyTarget.Key => PolicyDocument.MaxKeyPolicyBytes,
        _ => int.MaxValue,
    };

    /// <summary>The grants that deliveries need in one document, each once.</summary>
    internal static IEnumerable<Grant> GrantsOf(IReadOnlyList<Delivery> deliveries, PolicyTarget target)
        => deliveries.SelectMany(d => d.Source.GetGrants(d))
            .Where(g => g.Target == target && !g.IsOptional)
            .DistinctBy(g => g.ToJson());
}
