using System.Text.Json;
using System.Text.Json.Nodes;
using LogDelivery.Gateways;
using LogDelivery.Policies;

namespace LogDelivery.Roles;

/// <summary>
/// Evaluates the policies of a role. They have an implicit principal or resource; with that added they are evaluated like
/// any other policy.
/// </summary>
internal static class RolePolicies
{
    /// <summary>Whether a trust policy allows a service to assume the role; <see langword="null"/> when that is unknown.</summary>
    public static bool? Trusts(string? trustPolicy, string roleArn, string service, RequestContext context)
        => Judge(trustPolicy, "Resource", JsonValue.Create(roleArn), new(RequestPrincipal.Service(service), "sts:AssumeRole", roleArn, context)) switch
        {
            Verdict.Allowed => true,
            Verdict.Unknown => null,
            _ => false,
        };

    /// <summary>
    /// Evaluates an action against all policies of a role: one Deny overrides every Allow, and a permissions boundary must
    /// allow too. When a policy could not be read, a verdict that it could change is <see cref="Verdict.Unknown"/>.
    /// </summary>
    public static Verdict Judge(RoleDescription role, string action, string resource)
    {
        var attached = role.AttachedPolicies.Value?.Values ?? [];
        var granted = Join(role.InlinePolicies.Values.Concat(attached).Select(p => Judge(p, role.Arn, action, resource)), role.AttachedPolicies.IsUnreadable);
        if (role.PermissionsBoundary.IsMissing || granted is Verdict.ExplicitDeny or Verdict.ImplicitDeny)
        {
            return granted;
        }

        var bounded = role.PermissionsBoundary.Value is { } boundary ? Judge(boundary, role.Arn, action, resource) : Verdict.Unknown;
        return bounded == Verdict.Allowed ? granted : bounded;
    }

    private static Verdict Join(IEnumerable<Verdict> verdicts, bool isIncomplete)
    {
        var all = verdicts.Append(isIncomplete ? Verdict.Unknown : Verdict.ImplicitDeny).ToArray();
        return all switch
        {
            _ when all.Contains(Verdict.ExplicitDeny) => Verdict.ExplicitDeny,
            _ when all.Contains(Verdict.Unknown) => Verdict.Unknown,
            _ when all.Contains(Verdict.Allowed) => Verdict.Allowed,
            _ => Verdict.ImplicitDeny,
        };
    }

    private static Verdict Judge(string policy, string roleArn, string action, string resource)
    {
        var principal = new JsonObject { ["AWS"] = roleArn };
        return Judge(policy, "Principal", principal, new(RequestPrincipal.Aws(roleArn), action, resource, new RequestContext([], ContextValue.Unknown)));
    }

    private static Verdict Judge(string? policy, string element, JsonNode value, PolicyRequest request)
        => Complete(policy, element, value) is { } text && PolicyDocument.TryParse(text, PolicyKind.Any, out var document, out _)
            ? document!.Evaluate(request).Verdict
            : Verdict.Unknown;

    private static string? Complete(string? policy, string element, JsonNode value)
    {
        try
        {
            if (policy is null || JsonNode.Parse(policy) is not JsonObject document)
            {
                return null;
            }

            var statements = document["Statement"] switch
            {
                JsonArray array => array.OfType<JsonObject>(),
                JsonObject single => [single],
                _ => [],
            };
            foreach (var statement in statements)
            {
                statement[element] = value.DeepClone();
            }

            return document.ToJsonString();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
