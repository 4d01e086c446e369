using LogDelivery.Diagnosis.Causes;
using LogDelivery.Findings;
using LogDelivery.Sources;

namespace LogDelivery.Diagnosis.Rules;

/// <summary>Load balancers and Redshift take SSE-S3 only, exports of CloudWatch Logs no dual-layer encryption.</summary>
internal sealed class EncryptionKindRule() : FindingRule(EncryptionKindKind)
{
    private static readonly FindingKind EncryptionKindKind = new("LD0044", "The source does not work with this encryption", FindingSeverity.Blocks, AwsPages.LoadBalancerLogs);

    public override IEnumerable<Finding> Inspect(Delivery delivery)
    {
        if (delivery.Bucket.Encryption is not { } encryption || DefaultEncryption.IsIrrelevant(delivery))
        {
            yield break;
        }

        var allowed = delivery.Source.Constraints.Encryption;
        var isUnsupported = encryption switch
        {
            BucketEncryption.DsseKms => !allowed.Contains(encryption) && (!allowed.Contains(BucketEncryption.SseKms) || delivery.Source.RefusesDualLayerEncryption),
            BucketEncryption.AwsManagedKey => !allowed.Contains(encryption) && !allowed.Contains(BucketEncryption.SseKms),
            BucketEncryption.SseS3 => !allowed.Contains(encryption) && !delivery.Source.Constraints.RequiresKmsKey,
            _ => !allowed.Contains(encryption),
        };
        if (isUnsupported)
        {
            yield return Report(
                $"The default encryption of {delivery.BucketName} is {DefaultEncryption.NameOf(encryption)}. A bucket for {delivery.Source.Name} may have {string.Join(" or ", allowed.Select(DefaultEncryption.NameOf))} only.",
                $"Set the bucket's default encryption to {DefaultEncryption.NameOf(allowed[0])}, or send these logs to a bucket that has it.");
        }
    }
}
