using LogDelivery.Findings;
using LogDelivery.Sources;

namespace LogDelivery.Diagnosis.Rules;

/// <summary>Every log object is a write that is logged in turn: the bucket never stops growing.</summary>
public sealed class LogLoopRule : FindingRule
{
    /// <inheritdoc/>
    public override string Id => "LD0054";

    /// <inheritdoc/>
    public override string Title => "The bucket logs into itself";

    /// <inheritdoc/>
    public override FindingSeverity Severity => FindingSeverity.Warning;

    /// <inheritdoc/>
    public override Uri Documentation => AwsPages.ServerAccessLogs;

    /// <inheritdoc/>
    public override IEnumerable<Finding> Inspect(Delivery delivery)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        if (delivery.Source.Principal == "logging.s3.amazonaws.com" && delivery.SourceArn == delivery.BucketArn)
        {
            yield return Report(
                $"The source bucket {delivery.SourceArn} is the destination too: every log object that is written is logged in turn.",
                "Deliver into another bucket of the same Region and account.");
        }
    }
}
