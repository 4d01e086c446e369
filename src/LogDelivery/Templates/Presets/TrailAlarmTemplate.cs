using System.Globalization;
using System.Text.Json.Nodes;
using LogDelivery.Alarms;

namespace LogDelivery.Templates.Presets;

/// <summary>A trail for the data events of one bucket, its log group, and the alarm of a preset on it.</summary>
internal sealed class TrailAlarmTemplate(AlarmPreset preset) : TemplatePreset
{
    // A placeholder for the values of the stack's parameters; no value can contain this character.
    private const long LimitMark = 7_777_777_777_777;
    private const string BucketMark = "watched-bucket-name";

    public override string Id => preset.Id;

    public override string Summary => $"A trail with the data events of one bucket, its log group, and an alarm: {char.ToLowerInvariant(preset.Summary[0])}{preset.Summary[1..]}";

    protected override Template Build(TemplateOptions options)
    {
        var template = new TemplateBuilder(Summary)
            .Comment(preset.Caveat)
            .Comment($"Cost: {new DataEventCost(null)}")
            .Comment("The alarm counts what arrives after it was made; a trail's events take 5 to 15 minutes to arrive.");
        DataEventTrail.AddTo(template, preset.Calls, $"logdelivery-{Kebab(preset.Id)}", options.Values.BucketName, writesLogGroup: true);
        FilterAlarm.AddTo(template, preset, DataEventTrail.LogGroup, Pattern(template, options.Values), options.Email);
        return template.Build();
    }

    /// <summary>A name in lower case with hyphens.</summary>
    internal static string Kebab(string id)
        => string.Concat(id.Select((c, i) => char.IsAsciiLetterUpper(c) && i > 0 && !char.IsAsciiLetterUpper(id[i - 1]) ? $"-{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));

    private JsonObject Pattern(TemplateBuilder template, PresetValues values)
    {
        var limit = LimitMark.ToString(CultureInfo.InvariantCulture);
        var pattern = preset.PatternFor(values with { BucketName = BucketMark, LargerThan = LimitMark });
        if (pattern.Contains(limit, StringComparison.Ordinal))
        {
            template.Parameter("LargerThan", "How many bytes are not yet too many.", values.LargerThan, new JsonObject { ["MinValue"] = 0 }, "Number");
        }

        return Cfn.Sub(pattern.Replace(BucketMark, "${WatchedBucketName}", StringComparison.Ordinal).Replace(limit, "${LargerThan}", StringComparison.Ordinal));
    }
}
