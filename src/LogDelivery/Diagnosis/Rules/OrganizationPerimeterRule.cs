using LogDelivery.Diagnosis.Causes;
using LogDelivery.Findings;

namespace LogDelivery.Diagnosis.Rules;

/// <summary>A Deny for everybody outside the organization also hits service principals, which belong to none.</summary>
public sealed class OrganizationPerimeterRule : DenialRule
{
    /// <inheritdoc/>
    public override string Id => "LD0020";

    /// <inheritdoc/>
    public override string Title => "An organization perimeter denies the service";

    /// <inheritdoc/>
    public override Uri Documentation => AwsPages.ConditionKeys;

    internal override Finding? Explain(Denial denial)
        => denial.HasKey("aws:principalorgid", "aws:principalorgpaths") ? Report(denial, $"{denial.Exempt()}.") : null;
}
