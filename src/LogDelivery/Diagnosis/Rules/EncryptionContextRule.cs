using LogDelivery.Diagnosis.Causes;
using LogDelivery.Findings;
using LogDelivery.Sources;

namespace LogDelivery.Diagnosis.Rules;

/// <summary>The key policy asks for another encryption context than the one the logs are encrypted with.</summary>
public sealed class EncryptionContextRule : RefusalRule
{
    /// <inheritdoc/>
    public override string Id => "LD0031";

    /// <inheritdoc/>
    public override string Title => "The encryption context does not fit";

    /// <inheritdoc/>
    public override Uri Documentation => AwsPages.BucketKey;

    internal override Finding? Explain(Refusal refusal)
        => refusal.Call.Target == PolicyTarget.Key && refusal.Condition is { } condition && ConditionKey.IsEncryptionContext(condition)
            ? Report(refusal)
            : null;
}
