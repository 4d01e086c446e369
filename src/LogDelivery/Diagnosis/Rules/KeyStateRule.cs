using LogDelivery.Findings;
using LogDelivery.Sources;

namespace LogDelivery.Diagnosis.Rules;

/// <summary>A disabled key, or one that waits for its deletion, encrypts nothing; deliveries simply stop.</summary>
public sealed class KeyStateRule : FindingRule
{
    /// <inheritdoc/>
    public override string Id => "LD0043";

    /// <inheritdoc/>
    public override string Title => "The key cannot be used in its present state";

    /// <inheritdoc/>
    public override FindingSeverity Severity => FindingSeverity.Blocks;

    /// <inheritdoc/>
    public override Uri Documentation => AwsPages.KeyStates;

    /// <inheritdoc/>
    public override IEnumerable<Finding> Inspect(Delivery delivery)
    {
        ArgumentNullException.ThrowIfNull(delivery);
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
