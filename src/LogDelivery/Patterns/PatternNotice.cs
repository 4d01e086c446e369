namespace LogDelivery.Patterns;

/// <summary>A part of a valid pattern that may not do what its author expects.</summary>
/// <param name="Column">The column in the pattern; the first column is 1.</param>
/// <param name="Message">The effect of the part, and what to write instead.</param>
public sealed record PatternNotice(int Column, string Message)
{
    /// <summary>The column and the message on one line.</summary>
    public override string ToString() => $"column {Column}: {Message}";
}
