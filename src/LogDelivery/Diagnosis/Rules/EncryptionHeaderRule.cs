using LogDelivery.Diagnosis.Causes;
using LogDelivery.Findings;

namespace LogDelivery.Diagnosis.Rules;

/// <summary>Sources rely on the bucket's default encryption and send no header of their own.</summary>
public sealed class EncryptionHeaderRule : DenialRule
{
    /// <inheritdoc/>
    public override string Id => "LD0022";

    /// <inheritdoc/>
    public override string Title => "A Deny demands an encryption header that is not sent";

    /// <inheritdoc/>
    public override Uri Documentation => AwsPages.BucketEncryption;

    internal override Finding? Explain(Denial denial)
        => denial.Statement.Conditions.Any(ConditionKey.IsEncryptionHeader)
            ? Report(denial, $"Remove {denial.StatementName}: the bucket's default encryption encrypts every object whether or not the header is sent. Or keep it for everybody else: {Wording.Lower(denial.Exempt())}.")
            : null;
}
