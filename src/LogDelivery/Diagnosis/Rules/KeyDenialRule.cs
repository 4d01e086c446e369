using LogDelivery.Diagnosis.Causes;
using LogDelivery.Findings;
using LogDelivery.Sources;

namespace LogDelivery.Diagnosis.Rules;

/// <summary>A Deny in the key policy hits the source; S3 then answers AccessDenied as if the bucket refused.</summary>
public sealed class KeyDenialRule : DenialRule
{
    /// <inheritdoc/>
    public override string Id => "LD0032";

    /// <inheritdoc/>
    public override string Title => "The key policy denies the call";

    /// <inheritdoc/>
    public override Uri Documentation => AwsPages.KeyPolicies;

    internal override Finding? Explain(Denial denial)
        => denial.Call.Target == PolicyTarget.Key
            ? Report(denial, denial.Statement.Principal.IsNegated
                ? $"Add \"{denial.Request.Principal.Id}\" to NotPrincipal of {denial.StatementName} in the key policy."
                : $"{denial.Exempt()}, in the key policy.")
            : null;
}
