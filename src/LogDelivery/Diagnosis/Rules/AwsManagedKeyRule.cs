using LogDelivery.Diagnosis.Causes;
using LogDelivery.Findings;
using LogDelivery.Sources;

namespace LogDelivery.Diagnosis.Rules;

/// <summary>The policy of <c>aws/s3</c> cannot be edited, so objects of a service principal under it cannot be read, or are not written at all.</summary>
public sealed class AwsManagedKeyRule : FindingRule
{
    /// <inheritdoc/>
    public override string Id => "LD0040";

    /// <inheritdoc/>
    public override string Title => "The logs are encrypted with the AWS managed key";

    /// <inheritdoc/>
    public override FindingSeverity Severity => FindingSeverity.Blocks;

    /// <inheritdoc/>
    public override Uri Documentation => AwsPages.VendedLogs;

    /// <inheritdoc/>
    public override IEnumerable<Finding> Inspect(Delivery delivery)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        if (DefaultEncryption.IsAwsManagedKey(delivery) && !DefaultEncryption.IsIrrelevant(delivery) && delivery.Source.Constraints.Encryption.Contains(BucketEncryption.SseKms)
            && !delivery.Source.Constraints.Encryption.Contains(BucketEncryption.AwsManagedKey))
        {
            yield return Report(
                $"The default encryption of {delivery.BucketName} is the AWS managed key {delivery.Bucket.KmsKeyId ?? "aws/s3"}. Its policy cannot be edited, so nobody can admit the writer of {delivery.Source.Name} there.",
                "Set the bucket's default encryption to SSE-S3 (AES256), or to a customer managed key by its full ARN whose policy admits the source. Objects already written under aws/s3 stay unreadable.");
        }
    }
}
