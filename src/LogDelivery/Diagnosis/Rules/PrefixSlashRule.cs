using LogDelivery.Diagnosis.Causes;
using LogDelivery.Findings;
using LogDelivery.Sources;

namespace LogDelivery.Diagnosis.Rules;

/// <summary>A slash in front, or a second one behind the prefix, makes a folder without a name that the policy hardly covers.</summary>
internal sealed class PrefixSlashRule() : FindingRule(PrefixSlashKind)
{
    private static readonly FindingKind PrefixSlashKind = new("LD0056", "A slash at an end of the prefix moves the keys", FindingSeverity.Warning, AwsPages.NetworkFirewallLogs);

    public override IEnumerable<Finding> Inspect(Delivery delivery)
    {
        if (delivery.KeyPrefix is not { Length: > 0 } prefix)
        {
            yield break;
        }

        var slash = (delivery.Source.PrefixStyle, prefix.StartsWith('/'), prefix.EndsWith('/')) switch
        {
            (KeyPrefixStyle.SlashAlways, _, true) => "the source puts a slash of its own behind it",
            (_, true, _) => "a key that begins with a slash is not the one that it looks like",
            _ => null,
        };
        if (slash is not null)
        {
            yield return Report(
                $"The key prefix is \"{prefix}\" and {slash}: keys begin with {ResourceDifference.BeginningOfKeys(delivery)}.",
                $"Configure the prefix as \"{prefix.Trim('/')}\"; change the policy first, then the source.");
        }
    }
}
