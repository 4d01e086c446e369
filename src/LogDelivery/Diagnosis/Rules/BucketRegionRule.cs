using LogDelivery.Findings;
using LogDelivery.Sources;

namespace LogDelivery.Diagnosis.Rules;

/// <summary>The source delivers into buckets of its own Region only.</summary>
internal sealed class BucketRegionRule() : FindingRule(BucketRegionKind)
{
    private static readonly FindingKind BucketRegionKind = new("LD0046", "The bucket is in another Region", FindingSeverity.Blocks, AwsPages.LoadBalancerLogs);

    public override IEnumerable<Finding> Inspect(Delivery delivery)
    {
        if (delivery.Source.Constraints.SameRegion && delivery.Bucket.Region is { } region && region != delivery.Region)
        {
            yield return Report(
                $"The bucket {delivery.BucketName} is in {region}, the source in {delivery.Region}. A bucket for {delivery.Source.Name} has to be in the Region of the source.",
                $"Use a bucket in {delivery.Region}; replication can take the objects on to {region}.");
        }
    }
}
