using LogDelivery.Patterns;

namespace LogDelivery;

/// <summary>Whether a text is a filter pattern, and whether it matches an event, as a flat row for shells and JSON.</summary>
public sealed record FilterPatternTest
{
    /// <summary>The pattern that was tried.</summary>
    public string FilterPattern { get; init; } = string.Empty;

    /// <summary>Whether CloudWatch Logs takes the pattern.</summary>
    public bool IsValid { get; init; }

    /// <summary>Whether it matches the event; <see langword="null"/> where there is no event, or no pattern.</summary>
    public bool? Matches { get; init; }

    /// <summary>The event's text; <see langword="null"/> where only the pattern was tried.</summary>
    public string? Message { get; init; }

    /// <summary>The first part of the pattern that does not hold of the event.</summary>
    public string? FailedExpression { get; init; }

    /// <summary>The column of that part in the pattern, or the column where the text stops being a pattern; the first column is 1.</summary>
    public int? Column { get; init; }

    /// <summary>The value in the event, or what was expected in the pattern.</summary>
    public string? Reason { get; init; }

    /// <summary>The values that the pattern reads from an event that it matches, by <c>$name</c> or <c>$1</c>, <c>$2</c> and so on.</summary>
    public IReadOnlyDictionary<string, string> Extracted { get; init; } = new Dictionary<string, string>();

    /// <summary>Parts of the pattern that may not do what its author expects.</summary>
    public PatternNotice[] Notices { get; init; } = [];

    /// <summary>The row of a pattern alone.</summary>
    /// <param name="pattern">The pattern.</param>
    internal static FilterPatternTest Of(FilterPattern pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        return new() { FilterPattern = pattern.Text, IsValid = true, Notices = [.. pattern.Notices] };
    }

    /// <summary>The row of a pattern and an event.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="message">The event's text.</param>
    internal static FilterPatternTest Of(FilterPattern pattern, string message)
    {
        var explanation = (pattern ?? throw new ArgumentNullException(nameof(pattern))).Explain(message);
        return Of(pattern) with
        {
            Message = message,
            Matches = explanation.Matches,
            FailedExpression = explanation.FirstFailure?.Expression,
            Column = explanation.FirstFailure?.Column,
            Reason = explanation.FirstFailure?.Reason,
            Extracted = pattern.Extract(message),
        };
    }

    /// <summary>The row of a text that is no pattern.</summary>
    /// <param name="error">The error in it.</param>
    /// <param name="message">The event that could not be tried, if any.</param>
    internal static FilterPatternTest Of(FilterPatternException error, string? message = null)
    {
        ArgumentNullException.ThrowIfNull(error);
        return new() { FilterPattern = error.Pattern, Message = message, Column = error.Column, Reason = error.Problem };
    }

    /// <summary>The row in a line.</summary>
    public override string ToString() => VisibleText.Of(!IsValid ? $"Invalid at column {Column}: {Reason}" : Matches == false ? $"No match: {FailedExpression}. {Reason}" : Matches == true ? "Match" : "Valid");
}
