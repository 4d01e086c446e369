using LogDelivery.Gateways;
using LogDelivery.Policies;
using LogDelivery.Sources;

namespace LogDelivery.Repair;

/// <summary>Finds the store of a document by the resource that it is attached to.</summary>
internal static class PolicyStores
{
    /// <summary>The store of a document.</summary>
    /// <param name="aws">AWS.</param>
    /// <param name="target">The kind of document.</param>
    /// <param name="resource">The ARN of the resource that it is attached to.</param>
    /// <param name="policyName">The name of a role's policy.</param>
    /// <param name="bucketOwner">The account that a bucket must belong to.</param>
    public static IPolicyStore Open(IAwsGateways aws, PolicyTarget target, string resource, string? policyName, string bucketOwner) => target switch
    {
        PolicyTarget.Bucket => new BucketPolicyStore(aws.Buckets.OwnedBy(bucketOwner), resource),
        PolicyTarget.Key => new KeyPolicyStore(aws.Keys, resource),
        PolicyTarget.Topic => new TopicPolicyStore(aws.Topics, resource),
        PolicyTarget.Role => new RolePolicyStore(aws.Roles, resource, policyName!),
        _ => new TrustPolicyStore(aws.Roles, resource),
    };

    // AWS gives every one of these a policy, and none can be without.
    public static AwsCallException CannotBeWithout(string what)
        => new(AwsErrorKind.Invalid, "PolicyNeeded", $"{what} cannot be without a policy.");
}

/// <summary>The policy of a bucket.</summary>
internal sealed class BucketPolicyStore(IBucketGateway buckets, string bucketArn) : IPolicyStore
{
    private readonly string name = bucketArn[(bucketArn.LastIndexOf(':') + 1)..];

    public PolicyTarget Target => PolicyTarget.Bucket;

    public string Resource => bucketArn;

    public string? PolicyName => null;

    public Task<Readable<string>> ReadAsync(CancellationToken cancellationToken) => buckets.GetPolicyAsync(name, cancellationToken);

    public Task WriteAsync(string? text, CancellationToken cancellationToken)
        => text is null ? buckets.DeletePolicyAsync(name, cancellationToken) : buckets.PutPolicyAsync(name, text, cancellationToken);
}

/// <summary>The policy of a KMS key.</summary>
internal sealed class KeyPolicyStore(IKeyGateway keys, string keyArn) : IPolicyStore
{
    private readonly string region = Arn.TryParse(keyArn, out var arn) ? arn.Region : string.Empty;

    public PolicyTarget Target => PolicyTarget.Key;

    public string Resource => keyArn;

    public string? PolicyName => null;

    public Task<Readable<string>> ReadAsync(CancellationToken cancellationToken) => keys.GetPolicyAsync(region, keyArn, cancellationToken);

    public Task WriteAsync(string? text, CancellationToken cancellationToken)
        => text is null ? throw PolicyStores.CannotBeWithout(keyArn) : keys.PutPolicyAsync(region, keyArn, text, cancellationToken);
}

/// <summary>The policy of a topic.</summary>
internal sealed class TopicPolicyStore(ITopicGateway topics, string topicArn) : IPolicyStore
{
    public PolicyTarget Target => PolicyTarget.Topic;

    public string Resource => topicArn;

    public string? PolicyName => null;

    public Task<Readable<string>> ReadAsync(CancellationToken cancellationToken) => topics.GetPolicyAsync(topicArn, cancellationToken);

    public Task WriteAsync(string? text, CancellationToken cancellationToken)
        => text is null ? throw PolicyStores.CannotBeWithout(topicArn) : topics.PutPolicyAsync(topicArn, text, cancellationToken);
}

/// <summary>One policy that is part of a role.</summary>
internal sealed class RolePolicyStore(IRoleGateway roles, string roleArn, string policyName) : IPolicyStore
{
    public PolicyTarget Target => PolicyTarget.Role;

    public string Resource => roleArn;

    public string? PolicyName => policyName;

    public async Task<Readable<string>> ReadAsync(CancellationToken cancellationToken)
    {
        var role = await roles.FindAsync(roleArn, cancellationToken).ConfigureAwait(false);
        return role.Select(r => r.InlinePolicies.GetValueOrDefault(policyName));
    }

    public Task WriteAsync(string? text, CancellationToken cancellationToken)
        => text is null ? roles.DeletePolicyAsync(roleArn, policyName, cancellationToken) : roles.PutPolicyAsync(roleArn, policyName, text, cancellationToken);
}

/// <summary>The trust policy of a role.</summary>
internal sealed class TrustPolicyStore(IRoleGateway roles, string roleArn) : IPolicyStore
{
    public PolicyTarget Target => PolicyTarget.RoleTrust;

    public string Resource => roleArn;

    public string? PolicyName => null;

    public async Task<Readable<string>> ReadAsync(CancellationToken cancellationToken)
    {
        var role = await roles.FindAsync(roleArn, cancellationToken).ConfigureAwait(false);
        return role.Select(r => r.TrustPolicy);
    }

    public Task WriteAsync(string? text, CancellationToken cancellationToken)
        => text is null ? throw PolicyStores.CannotBeWithout(roleArn) : roles.PutTrustPolicyAsync(roleArn, text, cancellationToken);
}
