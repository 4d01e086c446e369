namespace LogDelivery.Patterns;

/// <summary>
/// The size limits of CloudWatch Logs. Sources: CloudWatch Logs API reference, PutMetricFilter (length), and user guide,
/// FilterAndPatternSyntax (regular expressions and wildcard selectors).
/// </summary>
internal static class PatternLimits
{
    /// <summary>The longest pattern, in Unicode characters.</summary>
    public const int Length = 1024;

    /// <summary>Regular expressions in one JSON or space-delimited pattern.</summary>
    public const int RegularExpressions = 2;

    /// <summary>Wildcards (<c>.*</c> or <c>[*]</c>) in one property selector.</summary>
    public const int WildcardsInSelector = 1;

    /// <summary>Selectors with a wildcard in one pattern.</summary>
    public const int WildcardSelectors = 3;

    /// <summary>
    /// The largest regular expression once its repetitions are written out, in characters. AWS documents no such limit;
    /// beyond it, matching in linear time is not possible.
    /// </summary>
    public const int WrittenOutRegularExpression = 2000;
}
