namespace LogDelivery.Patterns;

/// <summary>Something in a valid pattern that does something else than its author may expect.</summary>
/// <param name="Column">The column in the pattern; the first column is 1.</param>
/// <param name="Message">The effect of the part, and what to write instead.</param>
public sealed record PatternNotice(int Column, string Message)
{
    /// <summary>Place and message in one line.</summary>
    public override string ToString() => $"column {Column}: {Message}";
}
