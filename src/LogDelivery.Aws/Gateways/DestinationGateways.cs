using LogDelivery.Aws.Clients;
using LogDelivery.Aws.Services;
using LogDelivery.Health;
using LogDelivery.Policies;

namespace LogDelivery.Aws.Gateways;

/// <summary>Topics, by SNS.</summary>
internal sealed class TopicGateway(ClientPool clients, ClientPool writers) : ITopicGateway
{
    public Task<Readable<string>> GetPolicyAsync(string topicArn, CancellationToken cancellationToken)
        => Readable.AskAsync(async () =>
        {
            var region = GatewayArn.Parse(topicArn, "topic").Region;
            var output = await clients.CallAsync(SnsOperations.GetTopicAttributes, region, new(topicArn), cancellationToken).ConfigureAwait(false);
            return output.Attributes.GetValueOrDefault("Policy");
        });

    public Task PutPolicyAsync(string topicArn, string policy, CancellationToken cancellationToken)
        => writers.CallAsync(SnsOperations.SetTopicAttributes, GatewayArn.Parse(topicArn, "topic").Region, new(topicArn, "Policy", policy), cancellationToken);
}

/// <summary>Log groups, by CloudWatch Logs.</summary>
internal sealed class LogGroupGateway(ClientPool clients) : ILogGroupGateway
{
    public Task<Readable<LogGroup>> FindAsync(string logGroupArn, CancellationToken cancellationToken)
        => Readable.AskAsync(async () =>
        {
            const string Prefix = "log-group:";
            var arn = GatewayArn.Parse(logGroupArn, "log group");
            var name = arn.Resource.StartsWith(Prefix, StringComparison.Ordinal) ? arn.Resource[Prefix.Length..] : arn.Resource;
            name = name.EndsWith(":*", StringComparison.Ordinal) ? name[..^2] : name;
            string? next = null;
            do
            {
                var output = await clients.CallAsync(LogsOperations.DescribeLogGroups, arn.Region, new(name, next), cancellationToken).ConfigureAwait(false);
                if ((output.LogGroups ?? []).FirstOrDefault(g => g.LogGroupName == name) is { } found)
                {
                    return new LogGroup(TrimArn(found.Arn ?? logGroupArn), name, found.KmsKeyId);
                }

                next = output.NextToken;
            }
            while (next is not null);
            return null;
        });

    private static string TrimArn(string arn) => arn.EndsWith(":*", StringComparison.Ordinal) ? arn[..^2] : arn;
}

/// <summary>Roles, by IAM.</summary>
internal sealed class RoleGateway(ClientPool clients, ClientPool writers, string region) : IRoleGateway
{
    public Task<Readable<RoleDescription>> FindAsync(string roleArn, CancellationToken cancellationToken)
        => Readable.AskAsync(async () =>
        {
            var name = NameOf(roleArn);
            var role = await clients.CallAsync(IamOperations.GetRole, region, new(name), cancellationToken).ConfigureAwait(false);
            var policies = new Dictionary<string, string>(StringComparer.Ordinal);
            string? marker = null;
            do
            {
                var page = await clients.CallAsync(IamOperations.ListRolePolicies, region, new(name, marker), cancellationToken).ConfigureAwait(false);
                foreach (var policyName in page.PolicyNames)
                {
                    var policy = await clients.CallAsync(IamOperations.GetRolePolicy, region, new(name, policyName), cancellationToken).ConfigureAwait(false);
                    policies[policyName] = policy.PolicyDocument ?? string.Empty;
                }

                marker = page.IsTruncated ? page.Marker : null;
            }
            while (marker is not null);
            return new RoleDescription(role.Arn ?? roleArn, role.AssumeRolePolicyDocument, policies);
        });

    public Task PutPolicyAsync(string roleArn, string policyName, string policy, CancellationToken cancellationToken)
        => writers.CallAsync(IamOperations.PutRolePolicy, region, new(NameOf(roleArn), policyName, policy), cancellationToken);

    public Task DeletePolicyAsync(string roleArn, string policyName, CancellationToken cancellationToken)
        => writers.CallAsync(IamOperations.DeleteRolePolicy, region, new(NameOf(roleArn), policyName), cancellationToken);

    public Task PutTrustPolicyAsync(string roleArn, string policy, CancellationToken cancellationToken)
        => writers.CallAsync(IamOperations.UpdateAssumeRolePolicy, region, new(NameOf(roleArn), policy), cancellationToken);

    private static string NameOf(string roleArn)
    {
        var resource = GatewayArn.Parse(roleArn, "role").Resource;
        return resource[(resource.LastIndexOf('/') + 1)..];
    }
}

/// <summary>Cuts the ARNs that name a Region or a resource to ask for.</summary>
internal static class GatewayArn
{
    public static Arn Parse(string text, string what) => Arn.TryParse(text, out var arn)
        ? arn
        : throw new AwsCallException(AwsErrorKind.Invalid, "InvalidArn", $"'{text}' is no ARN of a {what}.");
}
