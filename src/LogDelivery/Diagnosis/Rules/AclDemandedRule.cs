using LogDelivery.Diagnosis.Causes;
using LogDelivery.Findings;

namespace LogDelivery.Diagnosis.Rules;

/// <summary>Some sources send <c>bucket-owner-full-control</c>, others no ACL at all; a condition copied from one stops the other.</summary>
public sealed class AclDemandedRule : RefusalRule
{
    /// <inheritdoc/>
    public override string Id => "LD0007";

    /// <inheritdoc/>
    public override string Title => "The Allow demands an ACL header that is not sent";

    /// <inheritdoc/>
    public override Uri Documentation => AwsPages.LoadBalancerLogs;

    internal override Finding? Explain(Refusal refusal)
        => ConditionKey.Is(refusal.Condition, ConditionKey.Acl) ? Report(refusal) : null;
}
