using LogDelivery.Diagnosis.Causes;
using LogDelivery.Findings;

namespace LogDelivery.Diagnosis.Rules;

/// <summary>The statement is the right one, but its resource is another path than the one the objects are written to.</summary>
internal sealed class KeyPathRule() : RefusalRule(KeyPathKind)
{
    private static readonly FindingKind KeyPathKind = new("LD0002", "The resource does not cover the key", FindingSeverity.Blocks, AwsPages.CloudTrailBucketPolicy);

    internal override Finding? Explain(Refusal refusal) => refusal.Difference is null ? null : Report(refusal);
}
