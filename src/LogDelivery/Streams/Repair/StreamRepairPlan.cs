using LogDelivery.Repair;

namespace LogDelivery.Streams;

/// <summary>What a repair of one chain would change, and what it leaves. Nothing is changed by making it. Immutable.</summary>
/// <param name="Rows">How the links fare.</param>
/// <param name="Live">The changes of policies, each with its proof.</param>
/// <param name="Left">Broken links that no change of a policy mends; each row has its remedy.</param>
internal sealed record StreamRepairPlan(IReadOnlyList<StreamLinkRow> Rows, LiveRepairPlan Live, IReadOnlyList<StreamLinkRow> Left);
