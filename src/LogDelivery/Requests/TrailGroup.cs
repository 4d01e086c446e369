namespace LogDelivery.Requests;

/// <summary>Trails to look at in the same Regions.</summary>
/// <param name="Regions">The Regions; empty for that of the session, or for all where all are asked for.</param>
/// <param name="Trails">The names or ARNs; empty for all trails.</param>
/// <param name="SessionRegion">The Region to open a session in; <see langword="null"/> for the default one.</param>
internal sealed record TrailGroup(IReadOnlyList<string> Regions, IReadOnlyList<string> Trails, string? SessionRegion);
