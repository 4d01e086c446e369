using LogDelivery.Alarms;
using LogDelivery.Templates.Presets;

namespace LogDelivery.Templates;

/// <summary>The presets that can be exported.</summary>
internal static class TemplatePresets
{
    /// <summary>All presets.</summary>
    public static IReadOnlyList<TemplatePreset> All { get; } =
    [
        new TrailAlarmTemplate(AlarmPresets.Find("DeliveryFailure")!),
        new TrailStatusTemplate(),
        new TrailAlarmTemplate(AlarmPresets.Find("LargeDownload")!),
        new TrailAlarmTemplate(AlarmPresets.Find("OutsideVpcEndpoint")!),
        new SigV2Template(),
        new FirehosePipelineTemplate(),
    ];

    /// <summary>Finds a preset by its name, ignoring case; <see langword="null"/> when there is none.</summary>
    /// <param name="id">The name.</param>
    public static TemplatePreset? Find(string id) => All.FirstOrDefault(p => p.Id.Equals(id, StringComparison.OrdinalIgnoreCase));
}
