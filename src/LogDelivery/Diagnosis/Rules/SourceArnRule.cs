using LogDelivery.Diagnosis.Causes;
using LogDelivery.Findings;

namespace LogDelivery.Diagnosis.Rules;

/// <summary>The guard names a resource that is not the one that delivers: renamed, recreated, in another Region, or another thing altogether.</summary>
internal sealed class SourceArnRule() : RefusalRule(SourceArnKind)
{
    private static readonly FindingKind SourceArnKind = new("LD0003", "aws:SourceArn names another resource", FindingSeverity.Blocks, AwsPages.ConfusedDeputy);

    internal override Finding? Explain(Refusal refusal)
        => ConditionKey.Is(refusal.Condition, ConditionKey.SourceArn) ? Report(refusal) : null;
}
