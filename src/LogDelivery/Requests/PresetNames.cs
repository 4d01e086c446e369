using LogDelivery.Alarms;
using LogDelivery.Templates;

namespace LogDelivery.Requests;

/// <summary>Finds the presets that people name.</summary>
internal static class PresetNames
{
    /// <summary>Finds the preset of an alarm; nothing, and no problem, when none is named.</summary>
    /// <param name="name">The name, in any case.</param>
    public static Resolved<AlarmPreset> FindAlarm(string? name)
        => RequestText.OrNull(name) is not { } id ? new([], [])
            : AlarmPresets.Find(id) is { } preset ? new([preset], [])
            : new([], [Unknown(id, AlarmPresets.All.Select(p => p.Id), ", or a filter pattern")]);

    /// <summary>Finds the preset of a template.</summary>
    /// <param name="name">The name, in any case.</param>
    public static Resolved<TemplatePreset> FindTemplate(string name)
        => TemplatePresets.Find(name) is { } preset ? new([preset], []) : new([], [Unknown(name, TemplatePresets.All.Select(p => p.Id), string.Empty)]);

    private static RequestProblem Unknown(string name, IEnumerable<string> known, string other)
        => new("PresetNotFound", name, $"'{name}' is no preset.{Policies.Nearest.Hint(name, known)}", $"Give one of {string.Join(", ", known)}{other}.");
}
