using LogDelivery.Diagnosis.Causes;
using LogDelivery.Findings;
using LogDelivery.Sources;

namespace LogDelivery.Diagnosis.Rules;

/// <summary>GuardDuty and Macie export under a customer managed key only.</summary>
internal sealed class KeyMandatoryRule() : FindingRule(KeyMandatoryKind)
{
    private static readonly FindingKind KeyMandatoryKind = new("LD0045", "The source needs a KMS key, and none is given", FindingSeverity.Warning, AwsPages.GuardDutyExport);

    public override IEnumerable<Finding> Inspect(Delivery delivery)
    {
        if (delivery.Source.Constraints.RequiresKmsKey && delivery.KmsKeyArn is null && (delivery.Bucket.KmsKeyId is null || DefaultEncryption.IsAwsManagedKey(delivery)))
        {
            yield return Report(
                $"A customer managed KMS key is mandatory for {delivery.Source.Name}, and none is given, so its policy was not tested.",
                $"Give the key's ARN to test it (KmsKeyArn). If there is none, configure the export with a symmetric customer managed key in {delivery.Bucket.Region ?? delivery.Region}, and let {delivery.Source.Principal} generate data keys in its policy.");
        }
    }
}
