namespace LogDelivery.Gateways;

/// <summary>Reads and writes IAM roles.</summary>
internal interface IRoleGateway
{
    /// <summary>Finds a role with its policies and its permissions boundary.</summary>
    /// <param name="roleArn">The role.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<Readable<RoleDescription>> FindAsync(string roleArn, CancellationToken cancellationToken);

    /// <summary>Adds a policy to a role, or replaces the one of that name. Tried once.</summary>
    /// <param name="roleArn">The role.</param>
    /// <param name="policyName">The name of the policy.</param>
    /// <param name="policy">The whole document.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task PutPolicyAsync(string roleArn, string policyName, string policy, CancellationToken cancellationToken);

    /// <summary>Deletes an inline policy of a role. Not retried.</summary>
    /// <param name="roleArn">The role.</param>
    /// <param name="policyName">The name of the policy.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task DeletePolicyAsync(string roleArn, string policyName, CancellationToken cancellationToken);

    /// <summary>Replaces the trust policy of a role. Not retried.</summary>
    /// <param name="roleArn">The role.</param>
    /// <param name="policy">The whole document.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task PutTrustPolicyAsync(string roleArn, string policy, CancellationToken cancellationToken);
}

/// <summary>A role.</summary>
/// <param name="Arn">Its ARN.</param>
/// <param name="TrustPolicy">The trust policy: the principals that may assume the role.</param>
/// <param name="InlinePolicies">The policies that are part of it, by name.</param>
internal sealed record RoleDescription(string Arn, string? TrustPolicy, IReadOnlyDictionary<string, string> InlinePolicies)
{
    /// <summary>The managed policies that are attached to it, by ARN, each in its default version.</summary>
    public Readable<IReadOnlyDictionary<string, string>> AttachedPolicies { get; init; }
        = Readable.Found<IReadOnlyDictionary<string, string>>(new Dictionary<string, string>(StringComparer.Ordinal));

    /// <summary>The permissions boundary; missing when the role has none.</summary>
    public Readable<string> PermissionsBoundary { get; init; } = Readable.Missing<string>();
}
