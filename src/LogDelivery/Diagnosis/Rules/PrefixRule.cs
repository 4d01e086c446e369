using LogDelivery.Findings;
using LogDelivery.Sources;

namespace LogDelivery.Diagnosis.Rules;

/// <summary>The source adds <c>AWSLogs</c> itself and refuses a prefix that has it; some limit the length.</summary>
internal sealed class PrefixRule() : FindingRule(PrefixKind)
{
    private static readonly FindingKind PrefixKind = new("LD0052", "The key prefix is not one the source takes", FindingSeverity.Blocks, AwsPages.LoadBalancerLogs);

    public override IEnumerable<Finding> Inspect(Delivery delivery)
    {
        if (delivery.KeyPrefix is not { Length: > 0 } prefix)
        {
            yield break;
        }

        var constraints = delivery.Source.Constraints;
        if (constraints.ForbidsAwsLogsInPrefix && prefix.Contains("AWSLogs", StringComparison.Ordinal))
        {
            yield return Report(
                $"The key prefix is \"{prefix}\". AWSLogs is added to it anyway, and may not be in it for {delivery.Source.Name}.",
                "Leave AWSLogs and everything behind it out of the prefix.");
        }

        if (constraints.MaxPrefixLength is { } max && prefix.Length > max)
        {
            yield return Report(
                $"The key prefix has {prefix.Length} characters; for {delivery.Source.Name} it may have {max}.",
                $"Shorten the prefix to {max} characters; change the policy first, then the source.");
        }
    }
}
