using LogDelivery.Diagnosis.Causes;
using LogDelivery.Findings;
using LogDelivery.Policies;

namespace LogDelivery.Diagnosis.Rules;

/// <summary>The statement lets the right principal at the right resource, but not with this action.</summary>
public sealed class MissingActionRule : RefusalRule
{
    /// <inheritdoc/>
    public override string Id => "LD0009";

    /// <inheritdoc/>
    public override string Title => "The action is missing";

    /// <inheritdoc/>
    public override Uri Documentation => AwsPages.BucketPolicyExamples;

    internal override Finding? Explain(Refusal refusal)
        => refusal.Main is { Element: StatementElement.Action } ? Report(refusal) : null;
}
