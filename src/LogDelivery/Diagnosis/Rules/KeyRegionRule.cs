using LogDelivery.Findings;
using LogDelivery.Policies;
using LogDelivery.Sources;

namespace LogDelivery.Diagnosis.Rules;

/// <summary>S3 encrypts with keys of the bucket's own Region only.</summary>
internal sealed class KeyRegionRule() : FindingRule(KeyRegionKind)
{
    private static readonly FindingKind KeyRegionKind = new("LD0042", "The key is in another Region than the bucket", FindingSeverity.Blocks, AwsPages.CloudTrailKeyPolicy);

    public override IEnumerable<Finding> Inspect(Delivery delivery)
    {
        var key = delivery.KmsKeyArn ?? delivery.Bucket.KmsKeyId;
        if (delivery.Bucket.Region is { } region && Arn.TryParse(key, out var arn) && arn.Service == "kms" && arn.Region != region)
        {
            yield return Report(
                $"The key {key} is in {arn.Region}, the bucket {delivery.BucketName} in {region}.",
                $"Use a key in {region}; a multi-Region key works by the ARN of its replica there.");
        }
    }
}
