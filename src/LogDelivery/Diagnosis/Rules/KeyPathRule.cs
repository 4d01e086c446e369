using LogDelivery.Diagnosis.Causes;
using LogDelivery.Findings;

namespace LogDelivery.Diagnosis.Rules;

/// <summary>The statement is the right one, but its resource is another path than the one the objects are written to.</summary>
public sealed class KeyPathRule : RefusalRule
{
    /// <inheritdoc/>
    public override string Id => "LD0002";

    /// <inheritdoc/>
    public override string Title => "The resource does not cover the key";

    /// <inheritdoc/>
    public override Uri Documentation => AwsPages.CloudTrailBucketPolicy;

    internal override Finding? Explain(Refusal refusal) => refusal.Difference is null ? null : Report(refusal);
}
