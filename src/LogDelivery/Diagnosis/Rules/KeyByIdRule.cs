using LogDelivery.Diagnosis.Causes;
using LogDelivery.Findings;
using LogDelivery.Sources;

namespace LogDelivery.Diagnosis.Rules;

/// <summary>An id or alias is looked up in the account of whoever writes, which for a service is an account of AWS's own.</summary>
internal sealed class KeyByIdRule() : FindingRule(KeyByIdKind)
{
    private static readonly FindingKind KeyByIdKind = new("LD0041", "The default key is given by id or alias", FindingSeverity.Blocks, AwsPages.FlowLogTroubles);

    public override IEnumerable<Finding> Inspect(Delivery delivery)
    {
        if (delivery.Bucket.KmsKeyId is { Length: > 0 } key
            && !key.StartsWith("arn:", StringComparison.Ordinal)
            && delivery.Source.Family == DeliveryFamily.ServicePrincipal
            && delivery.Source.Constraints.Encryption.Contains(BucketEncryption.SseKms)
            && !DefaultEncryption.IsAwsManagedKey(delivery)
            && !DefaultEncryption.IsIrrelevant(delivery))
        {
            var arn = delivery.KmsKeyArn ?? $"arn:{delivery.Partition}:kms:{delivery.Bucket.Region ?? "REGION"}:{delivery.Bucket.AccountId ?? "ACCOUNT"}:key/...";
            yield return Report(
                $"The default encryption of {delivery.BucketName} names the key \"{key}\". That is looked up in the account of the writer, not in yours.",
                $"Name the key in the bucket's default encryption by its full ARN, {arn}.");
        }
    }
}
