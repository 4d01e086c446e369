namespace LogDelivery.Patterns;

/// <summary>A part of a pattern that does not hold of an event.</summary>
/// <param name="Expression">The part, as patterns write it.</param>
/// <param name="Column">The column in the pattern where it begins; the first column is 1.</param>
/// <param name="Reason">The value in the event, in one sentence.</param>
internal sealed record FilterFailure(string Expression, int Column, string Reason)
{
    /// <summary>The column, the part and the reason on one line.</summary>
    public override string ToString() => $"column {Column}: {Expression} does not hold. {Reason}";
}

/// <summary>Whether a pattern matches an event, and if not, why.</summary>
/// <param name="Matches">Whether the pattern matches.</param>
/// <param name="Failures">
/// The first part that does not hold comes first. Where alternatives joined by <c>||</c> all fail, each of them is listed.
/// Empty when the pattern matches.
/// </param>
internal sealed record FilterExplanation(bool Matches, IReadOnlyList<FilterFailure> Failures)
{
    /// <summary>The first part of the pattern that does not hold, if the pattern does not match.</summary>
    public FilterFailure? FirstFailure => Failures.Count > 0 ? Failures[0] : null;

    internal static FilterExplanation Match { get; } = new(true, []);

    internal static FilterExplanation Of(params IReadOnlyList<FilterFailure> failures) => new(false, failures);

    /// <summary>Finds the conditions that make an expression false, given the truth of each condition.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="truths">The truth of each condition by its number.</param>
    /// <param name="reason">Explains why a condition is false.</param>
    internal static IEnumerable<FilterFailure> Failing(Expression expression, bool[] truths, Func<PatternCondition, string> reason)
    {
        if (expression.Holds(truths))
        {
            return [];
        }

        return expression switch
        {
            AllOf all => Failing(all.Operands.First(operand => !operand.Holds(truths)), truths, reason),
            AnyOf any => any.Operands.SelectMany(operand => Failing(operand, truths, reason)),
            _ => [new(expression.ToString(), expression.Column, reason((PatternCondition)expression))],
        };
    }
}
