using LogDelivery.Diagnosis.Causes;
using LogDelivery.Findings;

namespace LogDelivery.Diagnosis.Rules;

/// <summary>A Deny for services that act for others than the listed accounts, organizations or resources.</summary>
internal sealed class SourceListRule() : DenialRule(SourceListKind)
{
    private static readonly FindingKind SourceListKind = new("LD0026", "A Deny lists the sources that may deliver, and this one is not among them", FindingSeverity.Blocks, AwsPages.ConfusedDeputy);

    internal override Finding? Explain(Denial denial)
    {
        if (denial.Statement.Conditions.FirstOrDefault(ConditionKey.IsSource) is not { } condition)
        {
            return null;
        }

        var value = Wording.Known(denial.Request.Context[condition.Key]);
        return Report(denial, value.Length == 0
            ? $"Narrow {denial.StatementName}: requests of this source carry no {condition.Key}."
            : $"Add {value} to {Wording.Place(condition)} of {denial.StatementName}.");
    }
}
