namespace LogDelivery.Patterns;

/// <summary>A condition of a pattern, or several of them joined by <c>&amp;&amp;</c> and <c>||</c>.</summary>
internal abstract class Expression(int column)
{
    /// <summary>The column in the pattern where the expression begins; the first column is 1.</summary>
    public int Column { get; } = column;

    /// <summary>Whether the expression holds when the truth of each condition is known, by the condition's number.</summary>
    public abstract bool Holds(ReadOnlySpan<bool> conditions);

    /// <summary>The conditions in the order of the pattern.</summary>
    public abstract IEnumerable<PatternCondition> Conditions();

    /// <summary>The expression as a pattern writes it.</summary>
    /// <param name="compact">Without blanks and quotes that can be left out.</param>
    public abstract string Write(bool compact);

    public override string ToString() => Write(compact: false);
}

/// <summary>A condition that is true or false for an event.</summary>
internal abstract class PatternCondition(int column) : Expression(column)
{
    /// <summary>The condition's place among those of its pattern.</summary>
    public int Number { get; set; }

    public override bool Holds(ReadOnlySpan<bool> conditions) => conditions[Number];

    public override IEnumerable<PatternCondition> Conditions() => [this];
}

/// <summary>Several expressions that must all be true.</summary>
internal sealed class AllOf(int column, IReadOnlyList<Expression> operands) : Expression(column)
{
    public IReadOnlyList<Expression> Operands { get; } = operands;

    public static Expression Create(IReadOnlyList<Expression> operands)
        => operands.Count == 1
            ? operands[0]
            : new AllOf(operands[0].Column, [.. operands.SelectMany(operand => operand is AllOf all ? all.Operands : [operand])]);

    public override bool Holds(ReadOnlySpan<bool> conditions)
    {
        foreach (var operand in Operands)
        {
            if (!operand.Holds(conditions))
            {
                return false;
            }
        }

        return true;
    }

    public override IEnumerable<PatternCondition> Conditions() => Operands.SelectMany(operand => operand.Conditions());

    public override string Write(bool compact) => string.Join(
        compact ? "&&" : " && ",
        Operands.Select(operand => operand is AnyOf ? $"({operand.Write(compact)})" : operand.Write(compact)));
}

/// <summary>Several expressions of which one must be true.</summary>
internal sealed class AnyOf(int column, IReadOnlyList<Expression> operands) : Expression(column)
{
    public IReadOnlyList<Expression> Operands { get; } = operands;

    public static Expression Create(IReadOnlyList<Expression> operands)
        => operands.Count == 1
            ? operands[0]
            : new AnyOf(operands[0].Column, [.. operands.SelectMany(operand => operand is AnyOf any ? any.Operands : [operand])]);

    public override bool Holds(ReadOnlySpan<bool> conditions)
    {
        foreach (var operand in Operands)
        {
            if (operand.Holds(conditions))
            {
                return true;
            }
        }

        return false;
    }

    public override IEnumerable<PatternCondition> Conditions() => Operands.SelectMany(operand => operand.Conditions());

    public override string Write(bool compact)
        => string.Join(compact ? "||" : " || ", Operands.Select(operand => operand.Write(compact)));
}
