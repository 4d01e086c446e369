namespace LogDelivery.Patterns;

/// <summary>A text is not a filter pattern that CloudWatch Logs accepts. The message names the column and what was expected there.</summary>
internal sealed class FilterPatternException : FormatException
{
    /// <summary>Creates the error.</summary>
    /// <param name="pattern">The text that was refused.</param>
    /// <param name="column">The column in UTF-16 units; the first column is 1.</param>
    /// <param name="problem">The text found there and what was expected instead.</param>
    public FilterPatternException(string pattern, int column, string problem)
        : base($"Invalid filter pattern at column {column}: {problem}")
    {
        Pattern = pattern;
        Column = column;
        Problem = problem;
    }

    /// <summary>The text that was refused.</summary>
    public string Pattern { get; }

    /// <summary>The column where the text stops being a pattern, in UTF-16 units; the first column is 1.</summary>
    public int Column { get; }

    /// <summary>The text found at that column and what was expected instead: the message without the column.</summary>
    public string Problem { get; }
}
