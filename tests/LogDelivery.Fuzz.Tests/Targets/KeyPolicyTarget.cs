using LogDelivery.Policies;

namespace LogDelivery.Fuzz.Tests.Targets;

/// <summary>Policies of keys.</summary>
internal sealed class KeyPolicyTarget() : DocumentTarget("KeyPolicy", PolicySeeds.Key, PolicyKind.Key);
