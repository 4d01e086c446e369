using LogDelivery.Policies;

namespace LogDelivery.Fuzz.Tests.Targets;

/// <summary>Policies of roles: what they may do, who may take them; and documents of which nobody says what they are.</summary>
internal sealed class RolePolicyTarget() : DocumentTarget("RolePolicy", PolicySeeds.Role, PolicyKind.Identity, PolicyKind.Trust, PolicyKind.Any);
