using LogDelivery.Gateways;
using LogDelivery.Sources;

namespace LogDelivery.Repair;

/// <summary>The findings and planned changes of a repair of one bucket. Creating the plan changes nothing. Immutable.</summary>
internal sealed class LiveRepairPlan
{
    internal LiveRepairPlan(string runId, string bucketName, string expectedOwner, CallerIdentity caller)
    {
        RunId = runId;
        BucketName = bucketName;
        ExpectedOwner = expectedOwner;
        Caller = caller;
    }

    /// <summary>The run, as backups and journal have it.</summary>
    public string RunId { get; }

    /// <summary>The bucket.</summary>
    public string BucketName { get; }

    /// <summary>The account that the bucket has to belong to.</summary>
    public string ExpectedOwner { get; }

    /// <summary>The identity of the caller.</summary>
    public CallerIdentity Caller { get; }

    /// <summary>The Region of the bucket, if it is known.</summary>
    public string? BucketRegion { get; internal init; }

    /// <summary>The deliveries.</summary>
    public IReadOnlyList<Delivery> Deliveries { get; internal init; } = [];

    /// <summary>The documents that take part: the bucket's first. Empty when there is no bucket to speak of.</summary>
    public IReadOnlyList<LivePolicyChange> Changes { get; internal init; } = [];

    /// <summary>Findings that stop deliveries and that no policy change can fix.</summary>
    public IReadOnlyList<Finding> Findings { get; internal init; } = [];

    /// <summary>Deliveries that are left out because of <see cref="Findings"/>: allowing them would not make them work.</summary>
    public IReadOnlyList<Delivery> LeftOut { get; internal init; } = [];

    /// <summary>Further notes, one sentence each.</summary>
    public IReadOnlyList<string> Notes { get; internal init; } = [];

    /// <summary>The IAM actions that the caller lacks for a complete result.</summary>
    public IReadOnlyList<string> MissingPermissions { get; internal init; } = [];
}
