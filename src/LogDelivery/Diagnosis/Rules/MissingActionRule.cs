using LogDelivery.Diagnosis.Causes;
using LogDelivery.Findings;
using LogDelivery.Policies;

namespace LogDelivery.Diagnosis.Rules;

/// <summary>The statement lets the right principal at the right resource, but not with this action.</summary>
internal sealed class MissingActionRule() : RefusalRule(MissingActionKind)
{
    private static readonly FindingKind MissingActionKind = new("LD0009", "The action is missing", FindingSeverity.Blocks, AwsPages.BucketPolicyExamples);

    internal override Finding? Explain(Refusal refusal)
        => refusal.Main is { Element: StatementElement.Action } ? Report(refusal) : null;
}
