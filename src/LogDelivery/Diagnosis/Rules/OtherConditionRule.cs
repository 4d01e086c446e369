using LogDelivery.Diagnosis.Causes;
using LogDelivery.Findings;

namespace LogDelivery.Diagnosis.Rules;

/// <summary>A statement is right but for a condition that no other rule knows.</summary>
public sealed class OtherConditionRule : RefusalRule
{
    /// <inheritdoc/>
    public override string Id => "LD0012";

    /// <inheritdoc/>
    public override string Title => "A condition of the nearest statement fails";

    /// <inheritdoc/>
    public override Uri Documentation => AwsPages.ConditionOperators;

    internal override Finding? Explain(Refusal refusal) => refusal.Main is null ? null : Report(refusal);
}
