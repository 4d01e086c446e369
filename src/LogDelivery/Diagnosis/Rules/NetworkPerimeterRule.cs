using LogDelivery.Diagnosis.Causes;
using LogDelivery.Findings;

namespace LogDelivery.Diagnosis.Rules;

/// <summary>A Deny for everything outside certain networks also hits services, which come from none of them.</summary>
public sealed class NetworkPerimeterRule : DenialRule
{
    /// <inheritdoc/>
    public override string Id => "LD0021";

    /// <inheritdoc/>
    public override string Title => "A network perimeter denies the service";

    /// <inheritdoc/>
    public override Uri Documentation => AwsPages.ConditionKeys;

    internal override Finding? Explain(Denial denial)
        => denial.HasKey("aws:sourcevpc", "aws:sourcevpce", "aws:sourcevpcarn", "aws:vpcsourceip", "aws:sourceip", "aws:vpceorgid", "aws:vpceorgpaths", "aws:vpceaccount")
            ? Report(denial, $"{denial.Exempt()}.")
            : null;
}
