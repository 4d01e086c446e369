namespace LogDelivery.Patterns.Comparison;

/// <summary>A choice for a value of an event, with the truth of the conditions on it.</summary>
/// <param name="Kind">The kind of a JSON value; null when there is no value. A field of a space-delimited event is a string.</param>
/// <param name="Text">A string's characters, or a number as it is written.</param>
internal sealed record Choice(JsonValueKind? Kind, string Text = "")
{
    public IReadOnlyList<(PatternCondition Condition, bool Holds)> Truths { get; init; } = [];
}

/// <summary>Events by the values that patterns look at, each a variable with choices.</summary>
internal abstract class EventSpace
{
    /// <summary>The values that the patterns of the two sides must have for an event: true, false, or not yet known.</summary>
    public abstract bool? Differs(Func<PatternCondition, bool?> truth);

    public abstract int VariableCount { get; }

    /// <summary>Whether the choices are all that can matter.</summary>
    public abstract bool IsComplete { get; }

    /// <summary>Lists the choices of a variable, given the choices of the variables before it.</summary>
    public abstract IEnumerable<Choice> Choices(int variable, Choice[] chosen);

    /// <summary>An event with these values.</summary>
    public abstract string Write(Choice[] chosen);

    /// <summary>Evaluates an expression while not all of its conditions are known.</summary>
    protected static bool? Evaluate(Expression expression, Func<PatternCondition, bool?> truth)
    {
        switch (expression)
        {
            case PatternCondition condition:
                return truth(condition);
            case AllOf all:
                bool? every = true;
                foreach (var operand in all.Operands)
                {
                    var value = Evaluate(operand, truth);
                    if (value == false)
                    {
                        return false;
                    }

                    every = value is null ? null : every;
                }

                return every;
            default:
                bool? any = false;
                foreach (var operand in ((AnyOf)expression).Operands)
                {
                    var value = Evaluate(operand, truth);
                    if (value == true)
                    {
                        return true;
                    }

                    any = value is null ? null : any;
                }

                return any;
        }
    }
}
