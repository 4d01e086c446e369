namespace LogDelivery.Patterns;

/// <summary>
/// <c>{ $.a = 1 &amp;&amp; ($.b IS NULL || $.c NOT EXISTS) }</c>. Source: CloudWatch Logs user guide, matching-terms-json-log-events.
/// </summary>
internal static class JsonPatternParser
{
    private const string EndOfOperand = ")}&|(";

    public static JsonPattern Parse(PatternReader reader)
    {
        var open = reader.Position++;
        reader.SkipBlanks();
        if (reader.Current == '}')
        {
            throw reader.Expected("a condition such as $.eventName = \"ConsoleLogin\"");
        }

        var expression = ExpressionParser.Parse(reader, ParsePrimary);
        if (reader.AtEnd)
        {
            throw reader.Error($"the pattern begins with '{{' at column {open + 1}, and '}}' was expected at its end.");
        }

        if (!reader.Take("}"))
        {
            throw reader.Expected("'&&', '||' or '}'");
        }

        reader.SkipBlanks();
        if (!reader.AtEnd)
        {
            throw reader.Error($"{reader.Found()} after the '}}' that closes the pattern, where its end was expected.");
        }

        RequireLimits(reader, expression);
        return new(expression);
    }

    private static void RequireLimits(PatternReader reader, Expression expression)
    {
        var conditions = expression.Conditions().Cast<JsonCondition>().ToList();
        var regexes = conditions.Where(condition => condition is ComparisonCondition { Operand: RegexOperand });
        if (regexes.Skip(PatternLimits.RegularExpressions).FirstOrDefault() is { } regex)
        {
            throw reader.Error(regex.Column - 1, $"this is one regular expression too many; a JSON pattern may hold {PatternLimits.RegularExpressions}.");
        }

        var wildcards = conditions.Where(condition => condition.Selector.HasWildcard);
        if (wildcards.Skip(PatternLimits.WildcardSelectors).FirstOrDefault() is { } wildcard)
        {
            throw reader.Error(wildcard.Column - 1, $"this is one wildcard selector too many; a pattern may hold {PatternLimits.WildcardSelectors}.");
        }
    }

    private static Expression ParsePrimary(PatternReader reader)
    {
        if (!reader.Take("("))
        {
            return ParseCondition(reader);
        }

        var expression = ExpressionParser.Parse(reader, ParsePrimary);
        return reader.Take(")") ? expression : throw reader.Expected("'&&', '||' or ')'");
    }

    private static JsonCondition ParseCondition(PatternReader reader)
    {
        var column = reader.Position + 1;
        if (reader.Current == '!')
        {
            throw reader.Error("'!' stands where a condition was expected; negate with != or NOT EXISTS.");
        }

        if (reader.Current != '$')
        {
            throw reader.Expected("'(' or a property selector such as $.eventName");
        }

        var selector = Selector.Parse(reader);
        if (!PatternReader.IsBlank(reader.Current) && reader.Current is not ('=' or '!' or '<' or '>'))
        {
            throw reader.Error($"{reader.Found()} in a selector, where '.', '[' or an operator was expected; a property with other characters is written ['like.this'].");
        }

        reader.SkipBlanks();
        if (reader.TakeWord("IS"))
        {
            return new LiteralCondition(column, selector, ParseLiteral(reader));
        }

        if (reader.TakeWord("NOT"))
        {
            reader.SkipBlanks();
            return reader.TakeWord("EXISTS")
                ? new AbsenceCondition(column, selector)
                : throw reader.Expected("EXISTS after NOT");
        }

        if (reader.TakeWord("EXISTS"))
        {
            throw reader.Error(reader.Position - 6, "CloudWatch Logs does not support EXISTS; write = * for strings and numbers, or NOT EXISTS for what is absent.");
        }

        if (reader.Current is not ('=' or '!' or '<' or '>'))
        {
            throw reader.Expected("one of = != < <= > >=, IS or NOT EXISTS");
        }

        var comparison = ComparisonOperators.Parse(reader);
        reader.SkipBlanks();
        var operand = Operand.Parse(reader, comparison, EndOfOperand);
        return new ComparisonCondition(column, selector, comparison, operand);
    }

    private static JsonValueKind ParseLiteral(PatternReader reader)
    {
        reader.SkipBlanks();
        if (reader.TakeWord("NULL"))
        {
            return JsonValueKind.Null;
        }

        if (reader.TakeWord("TRUE"))
        {
            return JsonValueKind.True;
        }

        if (reader.TakeWord("FALSE"))
        {
            return JsonValueKind.False;
        }

        throw reader.TakeWord("NOT")
            ? reader.Error(reader.Position - 3, "CloudWatch Logs does not support IS NOT; NULL, TRUE or FALSE was expected after IS.")
            : reader.Expected("NULL, TRUE or FALSE after IS");
    }
}
