using LogDelivery.Diagnosis.Causes;
using LogDelivery.Findings;
using LogDelivery.Policies;

namespace LogDelivery.Diagnosis.Rules;

/// <summary>The condition tests a key that requests of a service principal do not carry, or that holds a value of AWS's own.</summary>
internal sealed class AbsentKeyRule() : RefusalRule(AbsentKeyKind)
{
    private static readonly FindingKind AbsentKeyKind = new("LD0008", "The Allow demands a key that is never there", FindingSeverity.Blocks, AwsPages.ConditionKeys);

    internal override Finding? Explain(Refusal refusal)
        => refusal.Condition is { } condition
            && refusal.Request.Context[condition.Key].Knowledge is ContextKnowledge.Absent or ContextKnowledge.Internal
            ? Report(refusal)
            : null;
}
