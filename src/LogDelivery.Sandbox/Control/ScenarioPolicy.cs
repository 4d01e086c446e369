using System.Text.Json.Nodes;
using LogDelivery.Policies;
using LogDelivery.Sandbox.State;

namespace LogDelivery.Sandbox.Control;

/// <summary>Reads the policies in a scenario.</summary>
internal static class ScenarioPolicy
{
    /// <summary>Parses a policy; <see langword="null"/> when the scenario has none.</summary>
    /// <param name="policy">The policy document.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="owner">The name of the resource that has it, for the message of an error.</param>
    /// <exception cref="ScenarioException">The policy is not valid.</exception>
    public static PolicyDocument? Parse(JsonObject? policy, PolicyKind kind, string owner)
    {
        if (policy is null)
        {
            return null;
        }

        try
        {
            return PolicyDocument.Parse(policy.ToJsonString(WireJson.Relaxed), kind);
        }
        catch (PolicyFormatException exception)
        {
            throw new ScenarioException($"The policy of {owner} is not valid: {exception.Message}", exception);
        }
    }
}
