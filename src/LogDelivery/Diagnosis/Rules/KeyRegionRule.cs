using LogDelivery.Findings;
using LogDelivery.Policies;
using LogDelivery.Sources;

namespace LogDelivery.Diagnosis.Rules;

/// <summary>S3 encrypts with keys of the bucket's own Region only.</summary>
public sealed class KeyRegionRule : FindingRule
{
    /// <inheritdoc/>
    public override string Id => "LD0042";

    /// <inheritdoc/>
    public override string Title => "The key is in another Region than the bucket";

    /// <inheritdoc/>
    public override FindingSeverity Severity => FindingSeverity.Blocks;

    /// <inheritdoc/>
    public override Uri Documentation => AwsPages.CloudTrailKeyPolicy;

    /// <inheritdoc/>
    public override IEnumerable<Finding> Inspect(Delivery delivery)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        var key = delivery.KmsKeyArn ?? delivery.Bucket.KmsKeyId;
        if (delivery.Bucket.Region is { } region && Arn.TryParse(key, out var arn) && arn.Service == "kms" && arn.Region != region)
        {
            yield return Report(
                $"The key {key} is in {arn.Region}, the bucket {delivery.BucketName} in {region}.",
                $"Use a key in {region}; a multi-Region key works by the ARN of its replica there.");
        }
    }
}
