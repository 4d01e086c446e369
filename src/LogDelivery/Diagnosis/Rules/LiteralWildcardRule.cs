using LogDelivery.Diagnosis.Causes;
using LogDelivery.Findings;

namespace LogDelivery.Diagnosis.Rules;

/// <summary><c>StringEquals</c> knows no wildcards: the value would match under <c>ArnLike</c> or <c>StringLike</c>, and as it stands matches nothing.</summary>
public sealed class LiteralWildcardRule : RefusalRule
{
    /// <inheritdoc/>
    public override string Id => "LD0006";

    /// <inheritdoc/>
    public override string Title => "A wildcard is compared as a plain character";

    /// <inheritdoc/>
    public override Uri Documentation => AwsPages.ConditionOperators;

    internal override Finding? Explain(Refusal refusal)
        => refusal.Condition is { } condition && ConditionKey.HasLiteralWildcard(condition, refusal.Request.Context) ? Report(refusal) : null;
}
