using LogDelivery.Findings;
using LogDelivery.Sources;

namespace LogDelivery.Diagnosis.Rules;

/// <summary>The source delivers into buckets of its own account only.</summary>
internal sealed class BucketAccountRule() : FindingRule(BucketAccountKind)
{
    private static readonly FindingKind BucketAccountKind = new("LD0047", "The bucket belongs to another account", FindingSeverity.Blocks, AwsPages.ServerAccessLogs);

    public override IEnumerable<Finding> Inspect(Delivery delivery)
    {
        if (delivery.Source.Constraints.SameAccount && delivery.Bucket.AccountId is { } owner && owner != delivery.AccountId)
        {
            yield return Report(
                $"The bucket {delivery.BucketName} belongs to {owner}, the source to {delivery.AccountId}. A bucket for {delivery.Source.Name} has to belong to the account of the source.",
                $"Use a bucket of {delivery.AccountId}; replication can take the objects on to {owner}.");
        }
    }
}
