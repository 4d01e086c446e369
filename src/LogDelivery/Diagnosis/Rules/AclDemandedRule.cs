using LogDelivery.Diagnosis.Causes;
using LogDelivery.Findings;

namespace LogDelivery.Diagnosis.Rules;

/// <summary>Some sources send <c>bucket-owner-full-control</c>, others no ACL at all; a condition copied from one stops the other.</summary>
internal sealed class AclDemandedRule() : RefusalRule(AclDemandedKind)
{
    private static readonly FindingKind AclDemandedKind = new("LD0007", "The Allow demands an ACL header that is not sent", FindingSeverity.Blocks, AwsPages.LoadBalancerLogs);

    internal override Finding? Explain(Refusal refusal)
        => ConditionKey.Is(refusal.Condition, ConditionKey.Acl) ? Report(refusal) : null;
}
