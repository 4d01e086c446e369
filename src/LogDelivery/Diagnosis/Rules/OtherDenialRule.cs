using LogDelivery.Diagnosis.Causes;
using LogDelivery.Findings;

namespace LogDelivery.Diagnosis.Rules;

/// <summary>A Deny matches for a reason that no other rule knows.</summary>
public sealed class OtherDenialRule : DenialRule
{
    /// <inheritdoc/>
    public override string Id => "LD0025";

    /// <inheritdoc/>
    public override string Title => "A statement denies the call";

    /// <inheritdoc/>
    public override Uri Documentation => AwsPages.EvaluationLogic;

    internal override Finding? Explain(Denial denial)
        => Report(denial, $"Narrow {denial.StatementName} so that it no longer covers the call, or: {denial.Exempt()}. A Deny wins over every Allow.");
}
