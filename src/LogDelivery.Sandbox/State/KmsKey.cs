using LogDelivery.Policies;

namespace LogDelivery.Sandbox.State;

/// <summary>A KMS key.</summary>
internal sealed class KmsKey(string id, string account, string region, DateTimeOffset created)
{
    public string Id { get; } = id;

    public string Account { get; } = account;

    public string Region { get; } = region;

    public DateTimeOffset Created { get; } = created;

    public string Arn { get; } = $"arn:{SandboxState.PartitionOf(region)}:kms:{region}:{account}:key/{id}";

    public string Description { get; set; } = string.Empty;

    /// <summary>The key state as DescribeKey returns it: <c>Enabled</c>, <c>Disabled</c>, <c>PendingDeletion</c>, <c>PendingImport</c>...</summary>
    public string KeyState { get; set; } = "Enabled";

    public string KeyUsage { get; set; } = "ENCRYPT_DECRYPT";

    public string KeySpec { get; set; } = "SYMMETRIC_DEFAULT";

    public DateTimeOffset? DeletionDate { get; set; }

    public StoredPolicy Policy { get; } = new(PolicyKind.Key);
}
