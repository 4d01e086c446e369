using System.Text.Json;
using System.Text.Json.Nodes;
using LogDelivery.Policies;
using LogDelivery.Sandbox.State;

namespace LogDelivery.Sandbox.Deliveries;

/// <summary>Judges requests by the policies of a role.</summary>
internal static class IdentityPolicies
{
    /// <summary>Whether the role's inline and attached policies allow a request, and its boundary with them.</summary>
    public static bool Allow(SandboxState state, Role role, PolicyRequest request)
    {
        var attached = role.AttachedPolicies.Select(state.FindPolicy).OfType<ManagedPolicy>().Select(p => p.Text);
        var verdicts = role.Policies.Values.Concat(attached).Select(p => Judge(p, request)).ToArray();
        return !verdicts.Contains(Verdict.ExplicitDeny)
            && verdicts.Contains(Verdict.Allowed)
            && (role.PermissionsBoundary is not { } boundary || (state.FindPolicy(boundary) is { } policy && Judge(policy.Text, request) == Verdict.Allowed));
    }

    /// <summary>Whether a service may take the role on.</summary>
    public static bool Trusts(Role role, string service, RequestContext context)
        => Document(role.TrustPolicy, "Resource", "*") is { } document
            && document.Evaluate(new(RequestPrincipal.Service(service), "sts:AssumeRole", role.Arn, context)).Verdict == Verdict.Allowed;

    private static Verdict Judge(string policy, PolicyRequest request) => Document(policy, "Principal", "*")?.Evaluate(request).Verdict ?? Verdict.ImplicitDeny;

    // The engine reads resource policies; an identity policy becomes one when its statements are about everybody, and a trust
    // policy when they are about the role.
    private static PolicyDocument? Document(string text, string element, string value)
    {
        try
        {
            if (JsonNode.Parse(text) is not JsonObject policy)
            {
                return null;
            }

            var statements = policy["Statement"] is JsonArray list ? list.OfType<JsonObject>() : policy["Statement"] is JsonObject one ? [one] : [];
            foreach (var statement in statements)
            {
                statement[element] = value;
            }

            return PolicyDocument.TryParse(policy.ToJsonString(), PolicyKind.Any, out var document, out _) ? document : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
