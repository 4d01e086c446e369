using LogDelivery.Diagnosis.Causes;
using LogDelivery.Findings;
using LogDelivery.Policies;
using LogDelivery.Sources;

namespace LogDelivery.Diagnosis.Rules;

/// <summary>AWS adds to a bucket policy for each new subscription; at the limit that fails, and so does every repair.</summary>
internal sealed class PolicySizeRule() : FindingRule(PolicySizeKind)
{
    private static readonly FindingKind PolicySizeKind = new("LD0068", "The policy is nearly full", FindingSeverity.Warning, AwsPages.FlowLogTroubles);

    public override IEnumerable<Finding> Inspect(JudgedCall judged)
    {
        var (limit, advice) = judged.Call.Target == PolicyTarget.Key
            ? (PolicyDocument.MaxKeyPolicyBytes, "Merge statements that differ in their principal only.")
            : (PolicyDocument.MaxBucketPolicyBytes, "Collapse lists of resources into a wildcard, such as AWSLogs/*, and merge statements of the same principal.");
        var size = judged.Document.SizeInBytes;
        if (size > limit * 9L / 10)
        {
            yield return Report(
                string.Create(System.Globalization.CultureInfo.InvariantCulture, $"The {Wording.DocumentName(judged.Call.Target)} has {size:N0} of {limit:N0} bytes."),
                advice);
        }
    }
}
