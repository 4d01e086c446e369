using LogDelivery.Diagnosis.Causes;
using LogDelivery.Findings;
using LogDelivery.Policies;

namespace LogDelivery.Diagnosis.Rules;

/// <summary>The statement has the right shape, but lets somebody else in: another service, another Region's principal, an account that writes nothing.</summary>
public sealed class WrongPrincipalRule : RefusalRule
{
    /// <inheritdoc/>
    public override string Id => "LD0005";

    /// <inheritdoc/>
    public override string Title => "The principal is not the one that writes";

    /// <inheritdoc/>
    public override Uri Documentation => AwsPages.LoadBalancerLogs;

    internal override Finding? Explain(Refusal refusal)
        => refusal.Main is { Element: StatementElement.Principal } ? Report(refusal) : null;
}
