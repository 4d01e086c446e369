using LogDelivery.Findings;
using LogDelivery.Sources;

namespace LogDelivery.Diagnosis.Rules;

/// <summary>Who writes into a Requester Pays bucket has to agree to pay, and services do not.</summary>
internal sealed class RequesterPaysRule() : FindingRule(RequesterPaysKind)
{
    private static readonly FindingKind RequesterPaysKind = new("LD0049", "Requester Pays stops the delivery", FindingSeverity.Blocks, AwsPages.RequesterPays);

    public override IEnumerable<Finding> Inspect(Delivery delivery)
    {
        if (delivery.Source.Constraints.ForbidsRequesterPays && delivery.Bucket.RequesterPays == true)
        {
            yield return Report(
                $"{delivery.BucketName} is a Requester Pays bucket, which a bucket for {delivery.Source.Name} may not be.",
                "Set the payer to BucketOwner (s3:PutBucketRequestPayment).");
        }
    }
}
