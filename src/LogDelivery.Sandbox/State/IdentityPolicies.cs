using LogDelivery.Policies;

namespace LogDelivery.Sandbox.State;

/// <summary>Evaluates requests against the policies of a role with the engine.</summary>
internal static class IdentityPolicies
{
    /// <summary>The role's inline and attached policies and its boundary.</summary>
    public static AccessPolicies Of(SandboxState state, Role role) => new()
    {
        Identity =
        [
            .. role.Policies.Select(p => Named($"inline policy \"{p.Key}\" of {role.Arn}", p.Value, PolicyKind.Identity)),
            .. role.AttachedPolicies.Select(state.FindPolicy).OfType<ManagedPolicy>().Select(p => Named($"managed policy {p.Arn}", p.Text, PolicyKind.Identity)),
        ],
        Boundary = role.PermissionsBoundary is { } boundary ? Named($"the permissions boundary {boundary}", state.FindPolicy(boundary)?.Text ?? string.Empty, PolicyKind.Identity) : null,
    };

    /// <summary>Whether the role's policies allow a request on a resource of its own account.</summary>
    public static bool Allow(SandboxState state, Role role, PolicyRequest request)
        => AccessEvaluation.Explain(request, Of(state, role) with { ResourceAccountId = request.Principal.AccountId }).Verdict == Verdict.Allowed;

    /// <summary>Whether a service may assume the role.</summary>
    public static bool Trusts(Role role, string service, RequestContext context)
        => AccessEvaluation.Explain(new(RequestPrincipal.Service(service), "sts:AssumeRole", role.Arn, context), new()
        {
            Resource = Named("the trust policy", role.TrustPolicy, PolicyKind.Trust),
            ResourceMustAllow = true,
        }).Verdict == Verdict.Allowed;

    // What is no policy allows nothing.
    private static NamedPolicy Named(string name, string text, PolicyKind kind)
        => new(name, PolicyDocument.TryParse(text, kind, out var document, out _) ? document : PolicyDocument.Empty(kind));
}
