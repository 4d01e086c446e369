using LogDelivery.Diagnosis.Causes;
using LogDelivery.Findings;

namespace LogDelivery.Diagnosis.Rules;

/// <summary>A Deny matches for a reason that no other rule knows.</summary>
internal sealed class OtherDenialRule() : DenialRule(OtherDenialKind)
{
    private static readonly FindingKind OtherDenialKind = new("LD0025", "A statement denies the call", FindingSeverity.Blocks, AwsPages.EvaluationLogic);

    internal override Finding? Explain(Denial denial)
        => Report(denial, $"Narrow {denial.StatementName} so that it no longer covers the call, or: {denial.Exempt()}. A Deny wins over every Allow.");
}
