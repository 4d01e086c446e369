using LogDelivery.Gateways;
using LogDelivery.Policies;

namespace LogDelivery.Streams;

/// <summary>The policies of a role as the evaluator takes them.</summary>
internal static class RoleAccess
{
    /// <summary>What a role may do by its own policies and boundary, on a resource with a policy of its own or without.</summary>
    public static AccessPolicies Of(Readable<RoleDescription> role, string roleArn)
    {
        if (role.Value is not { } known)
        {
            // A role that does not exist has no policies; one that may not be read has some that nobody knows.
            return role.IsMissing ? new() : new() { Identity = [new($"the policies of {roleArn}", null)] };
        }

        var inline = known.InlinePolicies.Select(p => Named($"inline policy \"{p.Key}\"", p.Value));
        var attached = known.AttachedPolicies.Value?.Select(p => Named($"managed policy {p.Key}", p.Value))
            ?? (known.AttachedPolicies.IsMissing ? [] : [new NamedPolicy($"the managed policies of {roleArn}", null)]);
        return new()
        {
            Identity = [.. inline.Concat(attached)],
            Boundary = known.PermissionsBoundary switch
            {
                { IsMissing: true } => null,
                { Value: { } text } => Named($"the permissions boundary of {roleArn}", text),
                _ => new($"the permissions boundary of {roleArn}", null),
            },
        };
    }

    /// <summary>The trust policy of a role as the policy of a resource.</summary>
    public static AccessPolicies TrustOf(RoleDescription role) => new()
    {
        Resource = Named($"the trust policy of {role.Arn}", role.TrustPolicy, PolicyKind.Trust),
        ResourceMustAllow = true,
        ResourceAccountId = Arn.TryParse(role.Arn, out var arn) ? arn.AccountId : null,
    };

    /// <summary>A policy by its text. What cannot be understood decides nothing, and its name says so.</summary>
    public static NamedPolicy Named(string name, string? text, PolicyKind kind = PolicyKind.Identity)
    {
        if (text is null)
        {
            return new(name, null);
        }

        return PolicyDocument.TryParse(text, kind, out var document, out var problems)
            ? new(name, document)
            : new($"{name} (which cannot be understood: {problems[0]})", null);
    }
}
