using LogDelivery.Findings;
using LogDelivery.Sources;

namespace LogDelivery.Diagnosis.Rules;

/// <summary>The source delivers into buckets of its own account only.</summary>
public sealed class BucketAccountRule : FindingRule
{
    /// <inheritdoc/>
    public override string Id => "LD0047";

    /// <inheritdoc/>
    public override string Title => "The bucket belongs to another account";

    /// <inheritdoc/>
    public override FindingSeverity Severity => FindingSeverity.Blocks;

    /// <inheritdoc/>
    public override Uri Documentation => AwsPages.ServerAccessLogs;

    /// <inheritdoc/>
    public override IEnumerable<Finding> Inspect(Delivery delivery)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        if (delivery.Source.Constraints.SameAccount && delivery.Bucket.AccountId is { } owner && owner != delivery.AccountId)
        {
            yield return Report(
                $"The bucket {delivery.BucketName} belongs to {owner}, the source to {delivery.AccountId}. A bucket for {delivery.Source.Name} has to belong to the account of the source.",
                $"Use a bucket of {delivery.AccountId}; replication can take the objects on to {owner}.");
        }
    }
}
