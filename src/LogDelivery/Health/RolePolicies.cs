using System.Text.Json;
using System.Text.Json.Nodes;
using LogDelivery.Policies;

namespace LogDelivery.Health;

/// <summary>
/// Judges the policies of a role. They leave out what their place makes clear, the principal or the resource; with that put
/// in they can be judged as any other.
/// </summary>
internal static class RolePolicies
{
    /// <summary>Whether a trust policy lets a service take the role on; <see langword="null"/> when that cannot be told.</summary>
    public static bool? Trusts(string? trustPolicy, string roleArn, string service, RequestContext context)
        => Judge(trustPolicy, "Resource", JsonValue.Create(roleArn), new(RequestPrincipal.Service(service), "sts:AssumeRole", roleArn, context));

    /// <summary>Whether a policy of the role's own allows an action; <see langword="null"/> when that cannot be told.</summary>
    public static bool? Allows(string? policy, string roleArn, string action, string resource)
    {
        var principal = new JsonObject { ["AWS"] = roleArn };
        return Judge(policy, "Principal", principal, new(RequestPrincipal.Aws(roleArn), action, resource, new RequestContext([], ContextValue.Unknown)));
    }

    private static bool? Judge(string? policy, string element, JsonNode value, PolicyRequest request)
    {
        if (Complete(policy, element, value) is not { } text || !PolicyDocument.TryParse(text, PolicyKind.Any, out var document, out _))
        {
            return null;
        }

        return document!.Evaluate(request).Verdict switch
        {
            Verdict.Allowed => true,
            Verdict.Unknown => null,
            _ => false,
        };
    }

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
