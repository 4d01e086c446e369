using LogDelivery.Aws.Clients;
using LogDelivery.Aws.Services;
using LogDelivery.Gateways;

namespace LogDelivery.Aws.Gateways;

/// <summary>Roles, by IAM.</summary>
internal sealed class RoleGateway(ClientPool clients, ClientPool writers, string region) : IRoleGateway
{
    public Task<Readable<RoleDescription>> FindAsync(string roleArn, CancellationToken cancellationToken)
        => Readable.AskAsync(async () =>
        {
            var name = NameOf(roleArn);
            var role = await clients.CallAsync(IamOperations.GetRole, region, new(name), cancellationToken).ConfigureAwait(false);
            var inline = await InlinePoliciesAsync(name, cancellationToken).ConfigureAwait(false);
            return new RoleDescription(role.Arn ?? roleArn, role.AssumeRolePolicyDocument, inline)
            {
                AttachedPolicies = await AttachedPoliciesAsync(name, cancellationToken).ConfigureAwait(false),
                PermissionsBoundary = await BoundaryAsync(role.PermissionsBoundaryArn, cancellationToken).ConfigureAwait(false),
            };
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

    private async Task<Dictionary<string, string>> InlinePoliciesAsync(string roleName, CancellationToken cancellationToken)
    {
        var policies = new Dictionary<string, string>(StringComparer.Ordinal);
        var pages = Pages.ReadAsync(
            marker => clients.CallAsync(IamOperations.ListRolePolicies, region, new(roleName, marker), cancellationToken), p => p.NextMarker);
        await foreach (var page in pages.ConfigureAwait(false))
        {
            foreach (var policyName in page.PolicyNames)
            {
                var policy = await clients.CallAsync(IamOperations.GetRolePolicy, region, new(roleName, policyName), cancellationToken).ConfigureAwait(false);
                policies[policyName] = policy.PolicyDocument ?? string.Empty;
            }
        }

        return policies;
    }

    private Task<Readable<IReadOnlyDictionary<string, string>>> AttachedPoliciesAsync(string roleName, CancellationToken cancellationToken)
        => Readable.AskAsync<IReadOnlyDictionary<string, string>>(async () =>
        {
            var policies = new Dictionary<string, string>(StringComparer.Ordinal);
            var pages = Pages.ReadAsync(
                marker => clients.CallAsync(IamOperations.ListAttachedRolePolicies, region, new(roleName, marker), cancellationToken), p => p.NextMarker);
            await foreach (var page in pages.ConfigureAwait(false))
            {
                foreach (var policyArn in page.PolicyArns)
                {
                    policies[policyArn] = await ManagedPolicyAsync(policyArn, cancellationToken).ConfigureAwait(false);
                }
            }

            return policies;
        });

    private async Task<Readable<string>> BoundaryAsync(string? policyArn, CancellationToken cancellationToken)
        => policyArn is null
            ? Readable.Missing<string>()
            : await Readable.AskAsync<string>(async () => await ManagedPolicyAsync(policyArn, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);

    private async Task<string> ManagedPolicyAsync(string policyArn, CancellationToken cancellationToken)
    {
        var policy = await clients.CallAsync(IamOperations.GetPolicy, region, new(policyArn), cancellationToken).ConfigureAwait(false);
        var version = await clients.CallAsync(IamOperations.GetPolicyVersion, region, new(policyArn, policy.DefaultVersionId ?? "v1"), cancellationToken).ConfigureAwait(false);
        return version.Document ?? string.Empty;
    }
}
