using LogDelivery.Findings;
using LogDelivery.Sources;

namespace LogDelivery.Diagnosis.Rules;

/// <summary>Older ways of logging know no opt-in Regions.</summary>
internal sealed class OptInRegionRule() : FindingRule(OptInRegionKind)
{
    private static readonly FindingKind OptInRegionKind = new("LD0053", "The source does not deliver into a Region that has to be opted in to", FindingSeverity.Blocks, AwsPages.CloudFrontLogs);

    public override IEnumerable<Finding> Inspect(Delivery delivery)
    {
        if (delivery.Source.Constraints.ForbidsOptInRegions && delivery.Bucket.Region is { } region && Regions.IsOptIn(region))
        {
            yield return Report(
                $"The bucket {delivery.BucketName} is in {region}, a Region that has to be opted in to. {delivery.Source.Name} cannot deliver there.",
                "Use a bucket in a Region that is on by default, or a way of logging that goes everywhere (CloudFront: standard logging v2).");
        }
    }
}
