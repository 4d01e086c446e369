using LogDelivery.Policies;
using LogDelivery.Sources;

namespace LogDelivery.Repair;

/// <summary>
/// A change of a policy that allows deliveries, with the proof that it allows nothing else. Creating a plan changes
/// nothing. Immutable.
/// </summary>
public sealed class RepairPlan
{
    internal RepairPlan(
        PolicyTarget target,
        IReadOnlyList<Delivery> deliveries,
        PolicyDocument before,
        PolicyDocument after,
        IReadOnlyList<RepairEdit> edits,
        IReadOnlyList<RejectedEdit> rejected,
        IReadOnlyList<string> obstacles,
        RepairCertificate certificate,
        IReadOnlyList<RequiredCall> needed,
        bool succeeds)
    {
        Target = target;
        Deliveries = deliveries;
        Before = before;
        After = after;
        Edits = edits;
        Rejected = rejected;
        Obstacles = obstacles;
        Certificate = certificate;
        NewlyAllowed = needed;
        Succeeds = succeeds;
    }

    /// <summary>The kind of document that the plan is for.</summary>
    public PolicyTarget Target { get; }

    /// <summary>The name of the kind of document: <c>bucket policy</c>, <c>key policy</c>...</summary>
    public string DocumentName => Target switch
    {
        PolicyTarget.Key => "key policy",
        PolicyTarget.Topic => "topic policy",
        PolicyTarget.Role => "role policy",
        PolicyTarget.RoleTrust => "trust policy",
        _ => "bucket policy",
    };

    /// <summary>The deliveries.</summary>
    public IReadOnlyList<Delivery> Deliveries { get; }

    /// <summary>The document as it is.</summary>
    public PolicyDocument Before { get; }

    /// <summary>The document as it should be; the same text as <see cref="Before"/> when there is nothing to do.</summary>
    public PolicyDocument After { get; }

    /// <summary>The changes in the order in which they are made.</summary>
    public IReadOnlyList<RepairEdit> Edits { get; }

    /// <summary>Changes that were tried and refuted by the proof.</summary>
    public IReadOnlyList<RejectedEdit> Rejected { get; }

    /// <summary>The problems that the plan cannot or may not fix, with a remedy for each; empty when it fixes everything.</summary>
    public IReadOnlyList<string> Obstacles { get; }

    /// <summary>The proof.</summary>
    public RepairCertificate Certificate { get; }

    /// <summary>The required calls that become allowed.</summary>
    public IReadOnlyList<RequiredCall> NewlyAllowed { get; }

    /// <summary>Whether every required call of this document is allowed afterwards.</summary>
    public bool Succeeds { get; }

    /// <summary>Whether the plan changes anything.</summary>
    public bool HasChanges => Edits.Count > 0;

    /// <summary>Whether the document as it should be has more bytes than AWS takes.</summary>
    internal bool IsTooLarge => After.SizeInBytes > PolicyRepair.LimitOf(Target);

    /// <summary>The statements that change, as lines that begin with a minus or a plus sign.</summary>
    public IReadOnlyList<string> Diff => StatementDiff.Of(Edits);
}
