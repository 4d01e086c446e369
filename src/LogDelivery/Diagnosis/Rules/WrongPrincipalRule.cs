using LogDelivery.Diagnosis.Causes;
using LogDelivery.Findings;
using LogDelivery.Policies;

namespace LogDelivery.Diagnosis.Rules;

/// <summary>The statement has the right shape, but lets somebody else in: another service, another Region's principal, an account that writes nothing.</summary>
internal sealed class WrongPrincipalRule() : RefusalRule(WrongPrincipalKind)
{
    private static readonly FindingKind WrongPrincipalKind = new("LD0005", "The principal is not the one that writes", FindingSeverity.Blocks, AwsPages.LoadBalancerLogs);

    internal override Finding? Explain(Refusal refusal)
        => refusal.Main is { Element: StatementElement.Principal } ? Report(refusal) : null;
}
