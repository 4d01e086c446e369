using LogDelivery.Diagnosis.Causes;
using LogDelivery.Findings;

namespace LogDelivery.Diagnosis.Rules;

/// <summary>An organization trail writes below the organization's id and below the management account's own: both have to be allowed.</summary>
internal sealed class OrganizationPathRule() : RefusalRule(OrganizationPathKind)
{
    private static readonly FindingKind OrganizationPathKind = new("LD0010", "The organization's path is not covered", FindingSeverity.Blocks, AwsPages.CloudTrailBucketPolicy);

    internal override Finding? Explain(Refusal refusal)
        => refusal.Difference is { Kind: ResourceDifferenceKind.Organization } ? Report(refusal) : null;
}
