using LogDelivery.Diagnosis.Causes;
using LogDelivery.Findings;

namespace LogDelivery.Diagnosis.Rules;

/// <summary>A Deny for every upload without <c>bucket-owner-full-control</c> hits the sources that send no ACL.</summary>
public sealed class AclDenialRule : DenialRule
{
    /// <inheritdoc/>
    public override string Id => "LD0024";

    /// <inheritdoc/>
    public override string Title => "A Deny demands an ACL header that is not sent";

    /// <inheritdoc/>
    public override Uri Documentation => AwsPages.BucketPolicyExamples;

    internal override Finding? Explain(Denial denial)
        => denial.HasKey(ConditionKey.Acl, "s3:x-amz-grant-full-control")
            ? Report(denial, $"{denial.Exempt()}. With Object Ownership BucketOwnerEnforced the statement is not needed at all.")
            : null;
}
