using LogDelivery.Diagnosis.Causes;
using LogDelivery.Findings;

namespace LogDelivery.Diagnosis.Rules;

/// <summary><c>aws:SourceAccount</c>, or the organization in its place, is not that of the source.</summary>
public sealed class SourceAccountRule : RefusalRule
{
    /// <inheritdoc/>
    public override string Id => "LD0004";

    /// <inheritdoc/>
    public override string Title => "The guard names another account or organization";

    /// <inheritdoc/>
    public override Uri Documentation => AwsPages.ConfusedDeputy;

    internal override Finding? Explain(Refusal refusal)
        => ConditionKey.Is(refusal.Condition, ConditionKey.SourceAccount, "aws:sourceorgid", "aws:sourceorgpaths") ? Report(refusal) : null;
}
