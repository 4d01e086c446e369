using LogDelivery.Diagnosis.Causes;
using LogDelivery.Findings;
using LogDelivery.Sources;

namespace LogDelivery.Diagnosis.Rules;

/// <summary>The key policy asks for another encryption context than the one the logs are encrypted with.</summary>
internal sealed class EncryptionContextRule() : RefusalRule(EncryptionContextKind)
{
    private static readonly FindingKind EncryptionContextKind = new("LD0031", "The encryption context does not fit", FindingSeverity.Blocks, AwsPages.BucketKey);

    internal override Finding? Explain(Refusal refusal)
        => refusal.Call.Target == PolicyTarget.Key && refusal.Condition is { } condition && ConditionKey.IsEncryptionContext(condition)
            ? Report(refusal)
            : null;
}
