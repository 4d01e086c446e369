namespace LogDelivery.Patterns;

/// <summary>A part of a valid pattern that may not do what its author expects.</summary>
public sealed record PatternNotice
{
    /// <summary>An empty one, for tests of scripts.</summary>
    public PatternNotice()
    {
    }

    internal PatternNotice(int column, string message)
        => (Column, Message) = (column, message);

    /// <summary>The column in the pattern; the first column is 1.</summary>
    public int Column { get; init; }

    /// <summary>The effect of the part, and what to write instead.</summary>
    public string Message { get; init; } = string.Empty;

    /// <summary>The column and the message on one line.</summary>
    public override string ToString() => $"column {Column}: {Message}";
}
