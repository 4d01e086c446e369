using LogDelivery.Diagnosis.Causes;
using LogDelivery.Findings;

namespace LogDelivery.Diagnosis.Rules;

/// <summary>A Deny for every upload without <c>bucket-owner-full-control</c> hits the sources that send no ACL.</summary>
internal sealed class AclDenialRule() : DenialRule(AclDenialKind)
{
    private static readonly FindingKind AclDenialKind = new("LD0024", "A Deny demands an ACL header that is not sent", FindingSeverity.Blocks, AwsPages.BucketPolicyExamples);

    internal override Finding? Explain(Denial denial)
        => denial.HasKey(ConditionKey.Acl, "s3:x-amz-grant-full-control")
            ? Report(denial, $"{denial.Exempt()}. With Object Ownership BucketOwnerEnforced the statement is not needed at all.")
            : null;
}
