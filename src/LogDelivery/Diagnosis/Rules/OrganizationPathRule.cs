using LogDelivery.Diagnosis.Causes;
using LogDelivery.Findings;

namespace LogDelivery.Diagnosis.Rules;

/// <summary>An organization trail writes below the organization's id and below the management account's own: both have to be allowed.</summary>
public sealed class OrganizationPathRule : RefusalRule
{
    /// <inheritdoc/>
    public override string Id => "LD0010";

    /// <inheritdoc/>
    public override string Title => "The organization's path is not covered";

    /// <inheritdoc/>
    public override Uri Documentation => AwsPages.CloudTrailBucketPolicy;

    internal override Finding? Explain(Refusal refusal)
        => refusal.Difference is { Kind: ResourceDifferenceKind.Organization } ? Report(refusal) : null;
}
