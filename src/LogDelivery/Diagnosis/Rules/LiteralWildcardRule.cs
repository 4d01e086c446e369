using LogDelivery.Diagnosis.Causes;
using LogDelivery.Findings;

namespace LogDelivery.Diagnosis.Rules;

/// <summary><c>StringEquals</c> knows no wildcards: the value would match under <c>ArnLike</c> or <c>StringLike</c>, and as it stands matches nothing.</summary>
internal sealed class LiteralWildcardRule() : RefusalRule(LiteralWildcardKind)
{
    private static readonly FindingKind LiteralWildcardKind = new("LD0006", "A wildcard is compared as a plain character", FindingSeverity.Blocks, AwsPages.ConditionOperators);

    internal override Finding? Explain(Refusal refusal)
        => refusal.Condition is { } condition && ConditionKey.HasLiteralWildcard(condition, refusal.Request.Context) ? Report(refusal) : null;
}
