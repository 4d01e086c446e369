using LogDelivery.Findings;
using LogDelivery.Sources;

namespace LogDelivery.Diagnosis.Rules;

/// <summary>The source delivers into buckets of its own Region only.</summary>
public sealed class BucketRegionRule : FindingRule
{
    /// <inheritdoc/>
    public override string Id => "LD0046";

    /// <inheritdoc/>
    public override string Title => "The bucket is in another Region";

    /// <inheritdoc/>
    public override FindingSeverity Severity => FindingSeverity.Blocks;

    /// <inheritdoc/>
    public override Uri Documentation => AwsPages.LoadBalancerLogs;

    /// <inheritdoc/>
    public override IEnumerable<Finding> Inspect(Delivery delivery)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        if (delivery.Source.Constraints.SameRegion && delivery.Bucket.Region is { } region && region != delivery.Region)
        {
            yield return Report(
                $"The bucket {delivery.BucketName} is in {region}, the source in {delivery.Region}. A bucket for {delivery.Source.Name} has to be in the Region of the source.",
                $"Use a bucket in {delivery.Region}; replication can take the objects on to {region}.");
        }
    }
}
