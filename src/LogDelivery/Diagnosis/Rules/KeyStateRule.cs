using LogDelivery.Findings;
using LogDelivery.Sources;

namespace LogDelivery.Diagnosis.Rules;

/// <summary>A disabled key, or one that waits for its deletion, encrypts nothing; deliveries simply stop.</summary>
internal sealed class KeyStateRule() : FindingRule(KeyStateKind)
{
    private static readonly FindingKind KeyStateKind = new("LD0043", "The key cannot be used in its present state", FindingSeverity.Blocks, AwsPages.KeyStates);

    public override IEnumerable<Finding> Inspect(Delivery delivery)
    {
        // A key that is being updated can be used all the while. Source: KMS developer guide, key-state.
        if (delivery.Bucket.KeyState is { } state && state is not ("Enabled" or "Updating"))
        {
            var remedy = state switch
            {
                "Disabled" => "Enable the key (kms:EnableKey).",
                "PendingDeletion" or "PendingReplicaDeletion" => "Cancel the deletion (kms:CancelKeyDeletion), then enable the key: once it is gone, everything encrypted with it is lost.",
                "PendingImport" => "Import the key material, or use another key.",
                _ => "Bring the key back into the state Enabled, or use another key.",
            };
            yield return Report($"The key {delivery.KmsKeyArn ?? delivery.Bucket.KmsKeyId ?? "of the bucket"} is in the state {state}.", remedy);
        }
    }
}
