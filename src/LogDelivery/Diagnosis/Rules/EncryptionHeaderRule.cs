using LogDelivery.Diagnosis.Causes;
using LogDelivery.Findings;

namespace LogDelivery.Diagnosis.Rules;

/// <summary>Sources rely on the bucket's default encryption and send no header of their own.</summary>
internal sealed class EncryptionHeaderRule() : DenialRule(EncryptionHeaderKind)
{
    private static readonly FindingKind EncryptionHeaderKind = new("LD0022", "A Deny demands an encryption header that is not sent", FindingSeverity.Blocks, AwsPages.BucketEncryption);

    internal override Finding? Explain(Denial denial)
        => denial.Statement.Conditions.Any(ConditionKey.IsEncryptionHeader)
            ? Report(denial, $"Remove {denial.StatementName}: the bucket's default encryption encrypts every object whether or not the header is sent. Or keep it for everybody else: {Wording.Lower(denial.Exempt())}.")
            : null;
}
