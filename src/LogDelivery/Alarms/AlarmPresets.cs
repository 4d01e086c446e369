using LogDelivery.Alarms.Presets;

namespace LogDelivery.Alarms;

/// <summary>Every preset.</summary>
internal static class AlarmPresets
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<AlarmPreset> All { get; } =
        [new DeliveryFailurePreset(), new TrailDeliveryErrorPreset(), new LargeDownloadPreset(), new OutsideVpcEndpointPreset(), new SigV2UsePreset()];

    /// <summary>Finds a preset by its name, in any case; <see langword="null"/> when there is none.</summary>
    /// <param name="id">The name.</param>
    public static AlarmPreset? Find(string id) => All.FirstOrDefault(p => p.Id.Equals(id, StringComparison.OrdinalIgnoreCase));
}
