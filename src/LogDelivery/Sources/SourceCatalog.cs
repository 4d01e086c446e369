using LogDelivery.Sources.Catalog;

namespace LogDelivery.Sources;

/// <summary>Every delivery source that is known, in the order of the documentation.</summary>
public static class SourceCatalog
{
    /// <summary>All sources.</summary>
    public static IReadOnlyList<DeliverySource> All { get; } =
    [
        CloudTrail.Source,
        VpcFlowLogs.Source,
        AlbAccessLogs.Source,
    ];

    /// <summary>Finds a source by its id.</summary>
    /// <param name="id">The id; not case-sensitive.</param>
    /// <returns>The source, or <see langword="null"/>.</returns>
    public static DeliverySource? Find(string? id)
        => All.FirstOrDefault(s => s.Id.Equals(id, StringComparison.OrdinalIgnoreCase));
}
