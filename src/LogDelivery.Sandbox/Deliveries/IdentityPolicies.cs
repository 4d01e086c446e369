using System.Text.Json;
using System.Text.Json.Nodes;
using LogDelivery.Policies;
using LogDelivery.Sandbox.State;

namespace LogDelivery.Sandbox.Deliveries;

/// <summary>Judges requests by the policies of a role.</summary>
internal static class IdentityPolicies
{
    public static bool Allow(Role role, PolicyRequest request)
    {
        var verdicts = role.Policies.Values.Select(Document).OfType<PolicyDocument>().Select(d => d.Evaluate(request).Verdict).ToArray();
        return !verdicts.Contains(Verdict.ExplicitDeny) && verdicts.Contains(Verdict.Allowed);
    }

    // The engine reads resource policies; an identity policy becomes one when its statements are about everybody.
    private static PolicyDocument? Document(string text)
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
                statement["Principal"] = "*";
            }

            return PolicyDocument.TryParse(policy.ToJsonString(), PolicyKind.Any, out var document, out _) ? document : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
