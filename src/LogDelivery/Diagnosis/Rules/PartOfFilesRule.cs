using LogDelivery.Diagnosis.Causes;
using LogDelivery.Findings;

namespace LogDelivery.Diagnosis.Rules;

/// <summary>The resource stops at one folder, and other files of the same source go beside it: digests, Insights.</summary>
internal sealed class PartOfFilesRule() : RefusalRule(PartOfFilesKind)
{
    private static readonly FindingKind PartOfFilesKind = new("LD0011", "Only part of the files is covered", FindingSeverity.Blocks, AwsPages.CloudTrailFiles);

    internal override Finding? Explain(Refusal refusal)
        => refusal.Difference is { Kind: ResourceDifferenceKind.PartOfFiles } ? Report(refusal) : null;
}
