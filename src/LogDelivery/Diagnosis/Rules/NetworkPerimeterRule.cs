using LogDelivery.Diagnosis.Causes;
using LogDelivery.Findings;

namespace LogDelivery.Diagnosis.Rules;

/// <summary>A Deny for everything outside certain networks also hits services, which come from none of them.</summary>
internal sealed class NetworkPerimeterRule() : DenialRule(NetworkPerimeterKind)
{
    private static readonly FindingKind NetworkPerimeterKind = new("LD0021", "A network perimeter denies the service", FindingSeverity.Blocks, AwsPages.ConditionKeys);

    internal override Finding? Explain(Denial denial)
        => denial.HasKey("aws:sourcevpc", "aws:sourcevpce", "aws:sourcevpcarn", "aws:vpcsourceip", "aws:sourceip", "aws:vpceorgid", "aws:vpceorgpaths", "aws:vpceaccount")
            ? Report(denial, $"{denial.Exempt()}.")
            : null;
}
