namespace LogDelivery.Gateways;

/// <summary>Reads and writes KMS keys.</summary>
internal interface IKeyGateway
{
    /// <summary>A key and its state.</summary>
    /// <param name="region">The Region to call; the Region of the key's ARN takes precedence.</param>
    /// <param name="keyId">The ARN of the key or of an alias, or an id of this Region.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<Readable<KeyDescription>> DescribeAsync(string region, string keyId, CancellationToken cancellationToken);

    /// <summary>The policy of a key. KMS refuses it to other accounts, whatever the policy says.</summary>
    /// <param name="region">The Region to call.</param>
    /// <param name="keyId">The key's ARN or id; no alias.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<Readable<string>> GetPolicyAsync(string region, string keyId, CancellationToken cancellationToken);

    /// <summary>Replaces the policy of a key. Not retried. KMS rejects a policy with which the caller could not replace it again.</summary>
    /// <param name="region">The Region of the key.</param>
    /// <param name="keyId">The key's ARN or id.</param>
    /// <param name="policy">The whole document.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task PutPolicyAsync(string region, string keyId, string policy, CancellationToken cancellationToken);

    /// <summary>The aliases of a Region, by name, with the id of the key behind each.</summary>
    /// <param name="region">The Region to call.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<IReadOnlyDictionary<string, string>> GetAliasesAsync(string region, CancellationToken cancellationToken);
}

/// <summary>A KMS key.</summary>
/// <param name="Arn">The key's ARN.</param>
/// <param name="State">Its state: <c>Enabled</c>, <c>Disabled</c>, <c>PendingDeletion</c>...</param>
/// <param name="Manager"><c>CUSTOMER</c> or <c>AWS</c>.</param>
/// <param name="DeletionTime">The time when it will be deleted, in UTC; <see langword="null"/> when no deletion is scheduled.</param>
internal sealed record KeyDescription(string Arn, string State, string? Manager = null, DateTime? DeletionTime = null)
{
    /// <summary>Whether the key can be used.</summary>
    public bool IsEnabled => State.Equals("Enabled", StringComparison.OrdinalIgnoreCase);
}
