using LogDelivery.Diagnosis.Causes;
using LogDelivery.Findings;

namespace LogDelivery.Diagnosis.Rules;

/// <summary>The resource stops at one folder, and other files of the same source go beside it: digests, Insights.</summary>
public sealed class PartOfFilesRule : RefusalRule
{
    /// <inheritdoc/>
    public override string Id => "LD0011";

    /// <inheritdoc/>
    public override string Title => "Only part of the files is covered";

    /// <inheritdoc/>
    public override Uri Documentation => AwsPages.CloudTrailFiles;

    internal override Finding? Explain(Refusal refusal)
        => refusal.Difference is { Kind: ResourceDifferenceKind.PartOfFiles } ? Report(refusal) : null;
}
