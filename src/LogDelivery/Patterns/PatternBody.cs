namespace LogDelivery.Patterns;

/// <summary>The parsed content of a pattern in one of the three languages.</summary>
internal abstract class PatternBody
{
    private static readonly Dictionary<string, string> Nothing = [];

    public abstract FilterPatternKind Kind { get; }

    public abstract bool Matches(ReadOnlySpan<byte> utf8);

    /// <summary>A quick look at an event that may say that the pattern cannot match it.</summary>
    /// <param name="utf8">The event.</param>
    /// <param name="mayHaveEscapes">Whether it may contain a backslash.</param>
    public virtual bool MayMatch(ReadOnlySpan<byte> utf8, bool mayHaveEscapes) => true;

    /// <summary>The values that TestMetricFilter would report for an event that matches.</summary>
    public virtual IReadOnlyDictionary<string, string> Extract(ReadOnlySpan<byte> utf8) => Nothing;

    /// <summary>Explains why the pattern does not match an event.</summary>
    public abstract FilterExplanation Explain(ReadOnlySpan<byte> utf8);

    /// <summary>The pattern in its one written form.</summary>
    /// <param name="compact">Without blanks and quotes that can be left out, never longer than the pattern that was parsed.</param>
    public abstract string Write(bool compact);
}
