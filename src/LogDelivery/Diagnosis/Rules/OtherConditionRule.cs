using LogDelivery.Diagnosis.Causes;
using LogDelivery.Findings;

namespace LogDelivery.Diagnosis.Rules;

/// <summary>A statement is right but for a condition that no other rule knows.</summary>
internal sealed class OtherConditionRule() : RefusalRule(OtherConditionKind)
{
    private static readonly FindingKind OtherConditionKind = new("LD0012", "A condition of the nearest statement fails", FindingSeverity.Blocks, AwsPages.ConditionOperators);

    internal override Finding? Explain(Refusal refusal) => refusal.Main is null ? null : Report(refusal);
}
