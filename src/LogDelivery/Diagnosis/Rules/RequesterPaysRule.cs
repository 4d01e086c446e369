using LogDelivery.Findings;
using LogDelivery.Sources;

namespace LogDelivery.Diagnosis.Rules;

/// <summary>Who writes into a Requester Pays bucket has to agree to pay, and services do not.</summary>
public sealed class RequesterPaysRule : FindingRule
{
    /// <inheritdoc/>
    public override string Id => "LD0049";

    /// <inheritdoc/>
    public override string Title => "Requester Pays stops the delivery";

    /// <inheritdoc/>
    public override FindingSeverity Severity => FindingSeverity.Blocks;

    /// <inheritdoc/>
    public override Uri Documentation => AwsPages.RequesterPays;

    /// <inheritdoc/>
    public override IEnumerable<Finding> Inspect(Delivery delivery)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        if (delivery.Source.Constraints.ForbidsRequesterPays && delivery.Bucket.RequesterPays == true)
        {
            yield return Report(
                $"{delivery.BucketName} is a Requester Pays bucket, which a bucket for {delivery.Source.Name} may not be.",
                "Set the payer to BucketOwner (s3:PutBucketRequestPayment).");
        }
    }
}
