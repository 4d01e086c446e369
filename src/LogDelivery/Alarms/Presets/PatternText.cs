namespace LogDelivery.Alarms.Presets;

/// <summary>Writes JSON filter patterns.</summary>
internal static class PatternText
{
    /// <summary>All of the conditions; those that are <see langword="null"/> are left out.</summary>
    public static string All(params string?[] conditions)
        => $"{{ {string.Join(" && ", conditions.OfType<string>().Select(c => c.StartsWith('(') ? c : $"({c})"))} }}";

    /// <summary>One of several conditions, in parentheses.</summary>
    public static string Any(params IEnumerable<string> conditions) => $"({string.Join(" || ", conditions.Select(c => $"({c})"))})";

    /// <summary>Several conditions at once, without parentheses around them.</summary>
    public static string Both(params string?[] conditions) => string.Join(" && ", conditions.OfType<string>().Select(c => $"({c})"));

    /// <summary>A field that is a text.</summary>
    public static string Is(string field, string value) => $"$.{field} = \"{value}\"";

    /// <summary>The bucket of a request; nothing when any bucket will do.</summary>
    public static string? InBucket(PresetValues values, string prefix = "")
        => values.BucketName is { } name ? Is($"{prefix}requestParameters.bucketName", name) : null;
}
