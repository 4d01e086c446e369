using LogDelivery.Diagnosis.Causes;
using LogDelivery.Findings;
using LogDelivery.Policies;

namespace LogDelivery.Diagnosis.Rules;

/// <summary>The condition tests a key that requests of a service principal do not carry, or that holds a value of AWS's own.</summary>
public sealed class AbsentKeyRule : RefusalRule
{
    /// <inheritdoc/>
    public override string Id => "LD0008";

    /// <inheritdoc/>
    public override string Title => "The Allow demands a key that is never there";

    /// <inheritdoc/>
    public override Uri Documentation => AwsPages.ConditionKeys;

    internal override Finding? Explain(Refusal refusal)
        => refusal.Condition is { } condition
            && refusal.Request.Context[condition.Key].Knowledge is ContextKnowledge.Absent or ContextKnowledge.Internal
            ? Report(refusal)
            : null;
}
