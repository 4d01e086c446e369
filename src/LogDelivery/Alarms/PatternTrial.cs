namespace LogDelivery.Alarms;

/// <summary>What a pattern does with a sample event.</summary>
public sealed record PatternTrial
{
    /// <summary>An empty one, for tests of scripts.</summary>
    public PatternTrial()
    {
    }

    internal PatternTrial(string sample, bool expected, bool matches, bool? matchesInAws = null)
        => (Sample, Expected, Matches, MatchesInAws) = (sample, expected, matches, matchesInAws);

    /// <summary>The sample.</summary>
    public string Sample { get; init; } = string.Empty;

    /// <summary>Whether it has to match.</summary>
    public bool Expected { get; init; }

    /// <summary>Whether it does.</summary>
    public bool Matches { get; init; }

    /// <summary>What CloudWatch Logs itself says; <see langword="null"/> when it was not asked or does not answer.</summary>
    public bool? MatchesInAws { get; init; }

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
