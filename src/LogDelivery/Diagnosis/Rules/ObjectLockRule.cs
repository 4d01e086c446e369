using LogDelivery.Findings;
using LogDelivery.Sources;

namespace LogDelivery.Diagnosis.Rules;

/// <summary>The source cannot write where Object Lock, or its default retention, is on.</summary>
public sealed class ObjectLockRule : FindingRule
{
    /// <inheritdoc/>
    public override string Id => "LD0048";

    /// <inheritdoc/>
    public override string Title => "Object Lock stops the delivery";

    /// <inheritdoc/>
    public override FindingSeverity Severity => FindingSeverity.Blocks;

    /// <inheritdoc/>
    public override Uri Documentation => AwsPages.ObjectLock;

    /// <inheritdoc/>
    public override IEnumerable<Finding> Inspect(Delivery delivery)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        var constraints = delivery.Source.Constraints;
        if (constraints.ForbidsObjectLock && delivery.Bucket.ObjectLockEnabled == true)
        {
            yield return Report(
                $"Object Lock is on in {delivery.BucketName}, which a bucket for {delivery.Source.Name} may not have.",
                "Object Lock cannot be switched off. Use a bucket without it; replication can take the objects on to a locked one.");
        }
        else if ((constraints.ForbidsObjectLock || constraints.ForbidsObjectLockRetention) && delivery.Bucket.ObjectLockDefaultRetention == true)
        {
            yield return Report(
                $"{delivery.BucketName} has a default retention under Object Lock, which a bucket for {delivery.Source.Name} may not have.",
                "Remove the default retention from the bucket's Object Lock configuration, or use a bucket without it.");
        }
    }
}
