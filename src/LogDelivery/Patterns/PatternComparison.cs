using LogDelivery.Patterns.Comparison;

namespace LogDelivery.Patterns;

/// <summary>The relation between the events of two patterns.</summary>
public enum PatternRelation
{
    /// <summary>The relation is unknown: the allowed effort was too small.</summary>
    Unknown,

    /// <summary>Both select the same events.</summary>
    Equivalent,

    /// <summary>An event is known that one of them selects and the other does not.</summary>
    Different,
}

/// <summary>Whether two patterns select the same events, with an event that only one of them selects when they do not.</summary>
/// <remarks>
/// The comparison does not depend on the texts of the patterns. Events are divided into the classes that the two patterns
/// can distinguish: the combinations of values at their selectors, fields or terms. Every witness is tested with both
/// patterns before it is returned; equivalence is reported only when all classes were tested. Selectors with wildcards,
/// wildcards in text compared next to numbers, the rest of the event as a last field and patterns of two languages are
/// searched for a witness only.
/// </remarks>
internal sealed record PatternComparison
{
    /// <summary>The effort that <see cref="Compare"/> makes when nothing else is said: a second or a few.</summary>
    public const long DefaultEffort = 20_000_000;

    private PatternComparison(PatternRelation relation, string? witness = null, bool isMatchedByReference = false)
        => (Relation, Witness, IsMatchedByReference) = (relation, witness, isMatchedByReference);

    /// <summary>The relation between the events of the two patterns.</summary>
    public PatternRelation Relation { get; }

    /// <summary>An event that one of the two selects and the other does not, when they are different.</summary>
    public string? Witness { get; }

    /// <summary>Whether it is the first pattern that selects the witness; else the second does.</summary>
    public bool IsMatchedByReference { get; }

    /// <summary>Compares two patterns.</summary>
    /// <param name="reference">The one.</param>
    /// <param name="difference">The other.</param>
    /// <param name="effort">The maximum number of steps before the comparison is given up.</param>
    /// <param name="cancellationToken">Stops the comparison.</param>
    /// <exception cref="OperationCanceledException">The comparison was stopped.</exception>
    public static PatternComparison Compare(FilterPattern reference, FilterPattern difference, long effort = DefaultEffort, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(difference);
        if (reference.ToString() == difference.ToString())
        {
            return new(PatternRelation.Equivalent);
        }

        bool IsWitness(string message) => reference.Matches(message) != difference.Matches(message);
        var budget = new StepBudget(effort, cancellationToken);
        var witness = Find(reference.Body, difference.Body, IsWitness, budget, out var isExhaustive);
        return witness is not null
            ? new(PatternRelation.Different, witness, reference.Matches(witness))
            : new(isExhaustive ? PatternRelation.Equivalent : PatternRelation.Unknown);
    }

    private static string? Find(PatternBody one, PatternBody other, Func<string, bool> isWitness, StepBudget budget, out bool isExhaustive)
    {
        switch (one, other)
        {
            case (JsonPattern first, JsonPattern second):
                return FindJson(first.Expression, second.Expression, isWitness, budget, out isExhaustive);
            case (DelimitedPattern first, DelimitedPattern second):
                return FindDelimited(first, second, isWitness, budget, out isExhaustive);
            case (TextPattern first, TextPattern second):
                return TextEventSearch.Find(first, second, isWitness, budget, out isExhaustive);
            default:
                // What one of them selects the other may not; and two that select nothing are alike.
                var witness = FindMatch(one, isWitness, budget, out var isFirstEmpty) ?? FindMatch(other, isWitness, budget, out _);
                var isSecondEmpty = false;
                if (witness is null && isFirstEmpty)
                {
                    _ = FindMatch(other, _ => true, budget, out isSecondEmpty);
                }

                isExhaustive = isFirstEmpty && isSecondEmpty;
                return witness;
        }
    }

    /// <summary>Searches the events that a pattern selects.</summary>
    private static string? FindMatch(PatternBody body, Func<string, bool> isWitness, StepBudget budget, out bool isEmpty)
    {
        var matched = false;
        bool IsWitness(string message)
        {
            var matches = body.Matches(System.Text.Encoding.UTF8.GetBytes(message));
            matched |= matches;
            return matches && isWitness(message);
        }

        bool isExhaustive;
        string? found;
        switch (body)
        {
            case JsonPattern json:
                found = FindJson(json.Expression, null, IsWitness, budget, out isExhaustive);
                break;
            case DelimitedPattern delimited:
                found = FindDelimited(delimited, null, IsWitness, budget, out isExhaustive);
                break;
            default:
                found = TextEventSearch.Find((TextPattern)body, null, IsWitness, budget, out isExhaustive);
                break;
        }

        isEmpty = isExhaustive && !matched;
        return found;
    }

    private static string? FindJson(Expression first, Expression? second, Func<string, bool> isWitness, StepBudget budget, out bool isExhaustive)
    {
        isExhaustive = true;
        foreach (var element in JsonEventSpace.Elements(second is null ? [first] : [first, second]))
        {
            var search = new EventSearch(new JsonEventSpace(first, second, element, budget), isWitness);
            if (search.Find(budget) is { } found)
            {
                return found;
            }

            isExhaustive &= search.IsExhaustive;
        }

        return null;
    }

    private static string? FindDelimited(DelimitedPattern first, DelimitedPattern? second, Func<string, bool> isWitness, StepBudget budget, out bool isExhaustive)
    {
        isExhaustive = true;
        for (var count = 0; count <= DelimitedEventSpace.Enough(first, second); count++)
        {
            var search = new EventSearch(new DelimitedEventSpace(first, second, count, budget), isWitness);
            if (search.Find(budget) is { } found)
            {
                return found;
            }

            isExhaustive &= search.IsExhaustive;
        }

        return null;
    }
}
