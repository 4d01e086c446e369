using LogDelivery.Diagnosis.Causes;
using LogDelivery.Findings;

namespace LogDelivery.Diagnosis.Rules;

/// <summary><c>aws:SourceAccount</c>, or the organization in its place, is not that of the source.</summary>
internal sealed class SourceAccountRule() : RefusalRule(SourceAccountKind)
{
    private static readonly FindingKind SourceAccountKind = new("LD0004", "The guard names another account or organization", FindingSeverity.Blocks, AwsPages.ConfusedDeputy);

    internal override Finding? Explain(Refusal refusal)
        => ConditionKey.Is(refusal.Condition, ConditionKey.SourceAccount, "aws:sourceorgid", "aws:sourceorgpaths") ? Report(refusal) : null;
}
