using LogDelivery.Diagnosis.Causes;
using LogDelivery.Findings;

namespace LogDelivery.Diagnosis.Rules;

/// <summary>The guard names a resource that is not the one that delivers: renamed, recreated, in another Region, or another thing altogether.</summary>
public sealed class SourceArnRule : RefusalRule
{
    /// <inheritdoc/>
    public override string Id => "LD0003";

    /// <inheritdoc/>
    public override string Title => "aws:SourceArn names another resource";

    /// <inheritdoc/>
    public override Uri Documentation => AwsPages.ConfusedDeputy;

    internal override Finding? Explain(Refusal refusal)
        => ConditionKey.Is(refusal.Condition, ConditionKey.SourceArn) ? Report(refusal) : null;
}
