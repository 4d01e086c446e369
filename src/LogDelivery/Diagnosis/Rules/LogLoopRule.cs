using LogDelivery.Findings;
using LogDelivery.Sources;

namespace LogDelivery.Diagnosis.Rules;

/// <summary>Every log object is a write that is logged in turn: the bucket never stops growing.</summary>
internal sealed class LogLoopRule() : FindingRule(LogLoopKind)
{
    private static readonly FindingKind LogLoopKind = new("LD0054", "The bucket logs into itself", FindingSeverity.Warning, AwsPages.ServerAccessLogs);

    public override IEnumerable<Finding> Inspect(Delivery delivery)
    {
        if (delivery.Source.LogsBucketRequests && delivery.SourceArn == delivery.BucketArn)
        {
            yield return Report(
                $"The source bucket {delivery.SourceArn} is the destination too: every log object that is written is logged in turn.",
                "Deliver into another bucket of the same Region and account.");
        }
    }
}
