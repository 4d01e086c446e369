using LogDelivery.Findings;
using LogDelivery.Sources;

namespace LogDelivery.Diagnosis.Rules;

/// <summary>The source cannot write where Object Lock, or its default retention, is on.</summary>
internal sealed class ObjectLockRule() : FindingRule(ObjectLockKind)
{
    private static readonly FindingKind ObjectLockKind = new("LD0048", "Object Lock stops the delivery", FindingSeverity.Blocks, AwsPages.ObjectLock);

    public override IEnumerable<Finding> Inspect(Delivery delivery)
    {
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
