using LogDelivery.Diagnosis.Causes;
using LogDelivery.Findings;
using LogDelivery.Sources;

namespace LogDelivery.Diagnosis.Rules;

/// <summary>A Deny in the key policy hits the source; S3 then answers AccessDenied as if the bucket refused.</summary>
internal sealed class KeyDenialRule() : DenialRule(KeyDenialKind)
{
    private static readonly FindingKind KeyDenialKind = new("LD0032", "The key policy denies the call", FindingSeverity.Blocks, AwsPages.KeyPolicies);

    internal override Finding? Explain(Denial denial)
        => denial.Call.Target == PolicyTarget.Key
            ? Report(denial, denial.Statement.Principal.IsNegated
                ? $"Add \"{denial.Request.Principal.Id}\" to NotPrincipal of {denial.StatementName} in the key policy."
                : $"{denial.Exempt()}, in the key policy.")
            : null;
}
