namespace LogDelivery.Gateways;

/// <summary>What SNS knows of topics.</summary>
public interface ITopicGateway
{
    /// <summary>The policy of a topic.</summary>
    /// <param name="topicArn">The topic; its ARN names the Region to ask.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<Readable<string>> GetPolicyAsync(string topicArn, CancellationToken cancellationToken);

    /// <summary>Replaces the policy of a topic. Tried once.</summary>
    /// <param name="topicArn">The topic.</param>
    /// <param name="policy">The whole document.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task PutPolicyAsync(string topicArn, string policy, CancellationToken cancellationToken);
}

/// <summary>What CloudWatch Logs knows of log groups.</summary>
public interface ILogGroupGateway
{
    /// <summary>A log group.</summary>
    /// <param name="logGroupArn">Its ARN, with or without <c>:*</c>; it names the Region to ask.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<Readable<LogGroup>> FindAsync(string logGroupArn, CancellationToken cancellationToken);
}

/// <summary>What IAM knows of roles.</summary>
public interface IRoleGateway
{
    /// <summary>A role with all that says what it may do.</summary>
    /// <param name="roleArn">The role.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<Readable<RoleDescription>> FindAsync(string roleArn, CancellationToken cancellationToken);

    /// <summary>Adds a policy to a role, or replaces the one of that name. Tried once.</summary>
    /// <param name="roleArn">The role.</param>
    /// <param name="policyName">The name of the policy.</param>
    /// <param name="policy">The whole document.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task PutPolicyAsync(string roleArn, string policyName, string policy, CancellationToken cancellationToken);

    /// <summary>Takes a policy away from a role. Tried once.</summary>
    /// <param name="roleArn">The role.</param>
    /// <param name="policyName">The name of the policy.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task DeletePolicyAsync(string roleArn, string policyName, CancellationToken cancellationToken);

    /// <summary>Replaces the policy that says who may take a role on. Tried once.</summary>
    /// <param name="roleArn">The role.</param>
    /// <param name="policy">The whole document.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task PutTrustPolicyAsync(string roleArn, string policy, CancellationToken cancellationToken);
}

/// <summary>A log group.</summary>
/// <param name="Arn">Its ARN without <c>:*</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="KmsKeyId">The ARN of the key that it is encrypted with, if any.</param>
public sealed record LogGroup(string Arn, string Name, string? KmsKeyId);

/// <summary>A role.</summary>
/// <param name="Arn">Its ARN.</param>
/// <param name="TrustPolicy">Who may take it on.</param>
/// <param name="InlinePolicies">The policies that are part of it, by name.</param>
public sealed record RoleDescription(string Arn, string? TrustPolicy, IReadOnlyDictionary<string, string> InlinePolicies)
{
    /// <summary>The managed policies that are attached to it, by ARN, each in its default version.</summary>
    public Readable<IReadOnlyDictionary<string, string>> AttachedPolicies { get; init; }
        = Readable.Found<IReadOnlyDictionary<string, string>>(new Dictionary<string, string>(StringComparer.Ordinal));

    /// <summary>The policy that bounds what the others may allow; missing when nothing does.</summary>
    public Readable<string> PermissionsBoundary { get; init; } = Readable.Missing<string>();
}
