using LogDelivery.Diagnosis.Causes;
using LogDelivery.Findings;

namespace LogDelivery.Diagnosis.Rules;

/// <summary>The resource is not in this bucket; the policy was copied, or comes from a template that was filled in wrong.</summary>
public sealed class OtherBucketRule : RefusalRule
{
    /// <inheritdoc/>
    public override string Id => "LD0066";

    /// <inheritdoc/>
    public override string Title => "The statement names another bucket";

    /// <inheritdoc/>
    public override Uri Documentation => AwsPages.BucketPolicies;

    internal override Finding? Explain(Refusal refusal)
        => refusal.Difference is { Kind: ResourceDifferenceKind.OtherBucket } ? Report(refusal) : null;
}
