using LogDelivery.Diagnosis.Causes;
using LogDelivery.Findings;

namespace LogDelivery.Diagnosis.Rules;

/// <summary>A Deny for everybody outside the organization also hits service principals, which belong to none.</summary>
internal sealed class OrganizationPerimeterRule() : DenialRule(OrganizationPerimeterKind)
{
    private static readonly FindingKind OrganizationPerimeterKind = new("LD0020", "An organization perimeter denies the service", FindingSeverity.Blocks, AwsPages.ConditionKeys);

    internal override Finding? Explain(Denial denial)
        => denial.HasKey("aws:principalorgid", "aws:principalorgpaths") ? Report(denial, $"{denial.Exempt()}.") : null;
}
