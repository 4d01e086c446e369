using LogDelivery.Diagnosis.Causes;
using LogDelivery.Findings;

namespace LogDelivery.Diagnosis.Rules;

/// <summary>The resource is not in this bucket; the policy was copied, or comes from a template that was filled in wrong.</summary>
internal sealed class OtherBucketRule() : RefusalRule(OtherBucketKind)
{
    private static readonly FindingKind OtherBucketKind = new("LD0066", "The statement names another bucket", FindingSeverity.Blocks, AwsPages.BucketPolicies);

    internal override Finding? Explain(Refusal refusal)
        => refusal.Difference is { Kind: ResourceDifferenceKind.OtherBucket } ? Report(refusal) : null;
}
