using LogDelivery.Diagnosis.Causes;
using LogDelivery.Findings;
using LogDelivery.Policies;
using LogDelivery.Sources;

namespace LogDelivery.Diagnosis.Rules;

/// <summary>AWS adds to a bucket policy for each new subscription; at the limit that fails, and so does every repair.</summary>
public sealed class PolicySizeRule : FindingRule
{
    /// <inheritdoc/>
    public override string Id => "LD0068";

    /// <inheritdoc/>
    public override string Title => "The policy is nearly full";

    /// <inheritdoc/>
    public override FindingSeverity Severity => FindingSeverity.Warning;

    /// <inheritdoc/>
    public override Uri Documentation => AwsPages.FlowLogTroubles;

    /// <inheritdoc/>
    public override IEnumerable<Finding> Inspect(JudgedCall judged)
    {
        ArgumentNullException.ThrowIfNull(judged);
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
