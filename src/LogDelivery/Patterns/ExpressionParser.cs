namespace LogDelivery.Patterns;

/// <summary>Conditions joined by <c>&amp;&amp;</c>, which binds tighter, and <c>||</c>.</summary>
internal static class ExpressionParser
{
    /// <summary>Parses alternatives.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="operand">Parses one operand; blanks before it are skipped.</param>
    public static Expression Parse(PatternReader reader, Func<PatternReader, Expression> operand)
    {
        var alternatives = new List<Expression> { ParseAll(reader, operand) };
        while (TakeOperator(reader, '|'))
        {
            alternatives.Add(ParseAll(reader, operand));
        }

        return AnyOf.Create(alternatives);
    }

    private static Expression ParseAll(PatternReader reader, Func<PatternReader, Expression> operand)
    {
        var operands = new List<Expression> { ParseOperand(reader, operand) };
        while (TakeOperator(reader, '&'))
        {
            operands.Add(ParseOperand(reader, operand));
        }

        return AllOf.Create(operands);
    }

    private static Expression ParseOperand(PatternReader reader, Func<PatternReader, Expression> operand)
    {
        reader.SkipBlanks();
        return operand(reader);
    }

    private static bool TakeOperator(PatternReader reader, char sign)
    {
        reader.SkipBlanks();
        if (reader.Current != sign)
        {
            return false;
        }

        if (reader.Next != sign)
        {
            throw reader.Error($"a single '{sign}' stands where '{sign}{sign}' was expected.");
        }

        reader.Position += 2;
        return true;
    }
}
