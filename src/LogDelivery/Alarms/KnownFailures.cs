using LogDelivery.Patterns;

namespace LogDelivery.Alarms;

/// <summary>The failures of all presets, by their names.</summary>
internal static class KnownFailures
{
    /// <summary>The events that a preset has to catch; those of all presets when none is given.</summary>
    public static IEnumerable<SampleEvent> Of(AlarmPreset? preset, PresetValues values)
        => (preset is null ? AlarmPresets.All : [preset]).SelectMany(p => p.SamplesFor(values)).Where(s => s.IsFailure).DistinctBy(s => s.Name);

    /// <summary>The names of those that a pattern catches.</summary>
    public static IReadOnlyList<string> CaughtBy(FilterPattern pattern) => [.. Of(null, new()).Where(s => pattern.Matches(s.Message)).Select(s => s.Name)];
}
