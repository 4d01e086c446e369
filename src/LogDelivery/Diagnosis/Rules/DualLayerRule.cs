using LogDelivery.Diagnosis.Causes;
using LogDelivery.Findings;
using LogDelivery.Sources;

namespace LogDelivery.Diagnosis.Rules;

/// <summary>The source's documentation says nothing of DSSE-KMS; it may work or not.</summary>
internal sealed class DualLayerRule() : FindingRule(DualLayerKind)
{
    private static readonly FindingKind DualLayerKind = new("LD0055", "Dual-layer encryption is not documented for the source", FindingSeverity.Warning, AwsPages.DualLayer);

    public override IEnumerable<Finding> Inspect(Delivery delivery)
    {
        var allowed = delivery.Source.Constraints.Encryption;
        if (delivery.Bucket.Encryption == BucketEncryption.DsseKms
            && !allowed.Contains(BucketEncryption.DsseKms)
            && allowed.Contains(BucketEncryption.SseKms)
            && !delivery.Source.RefusesDualLayerEncryption
            && !DefaultEncryption.IsIrrelevant(delivery))
        {
            yield return Report(
                $"The default encryption of {delivery.BucketName} is {DefaultEncryption.NameOf(BucketEncryption.DsseKms)}; the documentation of {delivery.Source.Name} does not say whether it works.",
                "Look whether new objects arrive and can be read; if not, use SSE-KMS (aws:kms) or SSE-S3.");
        }
    }
}
