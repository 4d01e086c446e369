using System.Globalization;

namespace LogDelivery.Policies;

/// <summary>The severity of a problem in a document.</summary>
public enum PolicyProblemSeverity
{
    /// <summary>AWS would reject the document; it is not evaluated.</summary>
    Error,

    /// <summary>AWS accepts it, but it probably does not do what was intended.</summary>
    Warning,
}

/// <summary>A problem of a policy document, with its position.</summary>
/// <param name="Severity">Error or warning.</param>
/// <param name="Message">The problem and its remedy.</param>
/// <param name="Path">The place as a JSON path, such as <c>Statement[2].Condition.StringEquals</c>; empty for the whole document.</param>
/// <param name="Line">One-based line; 0 when the problem has no place.</param>
/// <param name="Column">One-based column, counted in characters; 0 when the problem has no place.</param>
public sealed record PolicyProblem(PolicyProblemSeverity Severity, string Message, string Path, int Line, int Column)
{
    /// <summary>The problem in one line: <c>line 3, column 7, Statement[0].Effect: ...</c>.</summary>
    public override string ToString()
    {
        var place = Line == 0 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $"line {Line}, column {Column}");
        var separator = place.Length > 0 && Path.Length > 0 ? ", " : string.Empty;
        var where = $"{place}{separator}{Path}";
        return where.Length == 0 ? Message : $"{where}: {Message}";
    }
}

/// <summary>A document is no valid policy. <see cref="Problems"/> names every place, not only the first.</summary>
public sealed class PolicyFormatException : FormatException
{
    /// <summary>Creates the exception.</summary>
    public PolicyFormatException()
        : this([])
    {
    }

    /// <summary>Creates the exception with a message.</summary>
    /// <param name="message">The problem.</param>
    public PolicyFormatException(string message)
        : this([new PolicyProblem(PolicyProblemSeverity.Error, message, string.Empty, 0, 0)])
    {
    }

    /// <summary>Creates the exception with a message and its cause.</summary>
    /// <param name="message">The problem.</param>
    /// <param name="innerException">The cause.</param>
    public PolicyFormatException(string message, Exception innerException)
        : base(message, innerException)
        => Problems = [new PolicyProblem(PolicyProblemSeverity.Error, message, string.Empty, 0, 0)];

    /// <summary>Creates the exception from the problems of a document.</summary>
    /// <param name="problems">The problems.</param>
    public PolicyFormatException(IReadOnlyList<PolicyProblem> problems)
        : base(Describe(problems))
        => Problems = problems;

    /// <summary>The problems of the document, in the order of their position.</summary>
    public IReadOnlyList<PolicyProblem> Problems { get; }

    private static string Describe(IReadOnlyList<PolicyProblem> problems)
    {
        ArgumentNullException.ThrowIfNull(problems);
        return problems.Count == 0
            ? "The document is not a valid policy."
            : string.Join(Environment.NewLine, problems.Select(p => p.ToString()));
    }
}
