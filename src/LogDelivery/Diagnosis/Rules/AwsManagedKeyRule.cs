using LogDelivery.Diagnosis.Causes;
using LogDelivery.Findings;
using LogDelivery.Sources;

namespace LogDelivery.Diagnosis.Rules;

/// <summary>The policy of <c>aws/s3</c> cannot be edited, so objects of a service principal under it cannot be read, or are not written at all.</summary>
internal sealed class AwsManagedKeyRule() : FindingRule(AwsManagedKeyKind)
{
    private static readonly FindingKind AwsManagedKeyKind = new("LD0040", "The logs are encrypted with the AWS managed key", FindingSeverity.Blocks, AwsPages.VendedLogs);

    public override IEnumerable<Finding> Inspect(Delivery delivery)
    {
        if (DefaultEncryption.IsAwsManagedKey(delivery) && !DefaultEncryption.IsIrrelevant(delivery) && delivery.Source.Constraints.Encryption.Contains(BucketEncryption.SseKms)
            && !delivery.Source.Constraints.Encryption.Contains(BucketEncryption.AwsManagedKey))
        {
            yield return Report(
                $"The default encryption of {delivery.BucketName} is the AWS managed key {delivery.Bucket.KmsKeyId ?? "aws/s3"}. Its policy cannot be edited, so nobody can admit the writer of {delivery.Source.Name} there.",
                "Set the bucket's default encryption to SSE-S3 (AES256), or to a customer managed key by its full ARN whose policy admits the source. Objects already written under aws/s3 stay unreadable.");
        }
    }
}
