using LogDelivery.Policies;
using LogDelivery.Sandbox.State;

namespace LogDelivery.Sandbox.Services;

/// <summary>Writes policies, which become visible at once or later, as the faults have it.</summary>
internal static class PolicyWrites
{
    public static void Set(SandboxState state, StoredPolicy policy, string? text, PolicyDocument? document)
    {
        var (delay, reads) = state.Faults.PolicyVisibility;
        if (delay > TimeSpan.Zero || reads > 0)
        {
            policy.SetLater(text, document, state.Now + delay, reads);
        }
        else
        {
            policy.Set(text, document);
        }
    }
}
