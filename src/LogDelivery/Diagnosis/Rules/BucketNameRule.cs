using LogDelivery.Findings;
using LogDelivery.Sources;

namespace LogDelivery.Diagnosis.Rules;

/// <summary>WAF takes buckets whose name begins with <c>aws-waf-logs-</c> only; some sources take no dots.</summary>
internal sealed class BucketNameRule() : FindingRule(BucketNameKind)
{
    private static readonly FindingKind BucketNameKind = new("LD0051", "The bucket's name is not one the source takes", FindingSeverity.Blocks, AwsPages.WafLogs);

    public override IEnumerable<Finding> Inspect(Delivery delivery)
    {
        var constraints = delivery.Source.Constraints;
        if (constraints.NamePrefix is { } prefix && !delivery.BucketName.StartsWith(prefix, StringComparison.Ordinal))
        {
            yield return Report(
                $"The bucket's name is {delivery.BucketName}. The name of a bucket for {delivery.Source.Name} has to begin with {prefix}.",
                $"Use a bucket named {prefix}...; a bucket cannot be renamed.");
        }

        if (constraints.ForbidsDotsInName && delivery.BucketName.Contains('.', StringComparison.Ordinal))
        {
            yield return Report(
                $"The bucket's name {delivery.BucketName} has a dot, which that of a bucket for {delivery.Source.Name} may not have.",
                "Use a bucket whose name has letters, digits and hyphens only; a bucket cannot be renamed.");
        }
    }
}
