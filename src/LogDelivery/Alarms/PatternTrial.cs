namespace LogDelivery.Alarms;

/// <summary>What a pattern does with a sample event.</summary>
/// <param name="Sample">The sample.</param>
/// <param name="Expected">Whether it has to match.</param>
/// <param name="Matches">Whether it does.</param>
/// <param name="MatchesInAws">What CloudWatch Logs itself says; <see langword="null"/> when it was not asked or does not answer.</param>
public sealed record PatternTrial(string Sample, bool Expected, bool Matches, bool? MatchesInAws = null)
{
    /// <summary>Whether it is as it has to be.</summary>
    public bool IsRight => Matches == Expected && (MatchesInAws ?? Expected) == Expected;

    /// <summary>Tries a pattern.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="samples">The samples.</param>
    internal static IReadOnlyList<PatternTrial> Run(Patterns.FilterPattern pattern, IEnumerable<SampleEvent> samples)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentNullException.ThrowIfNull(samples);
        return [.. samples.Select(s => new PatternTrial(s.Name, s.IsFailure, pattern.Matches(s.Message)))];
    }
}
