namespace LogDelivery.Patterns;

/// <summary><c>[ip, user, ..., status = 4*, bytes > 1000]</c>. Source: CloudWatch Logs user guide, matching-terms-space-delimited-log-events.</summary>
internal static class DelimitedPatternParser
{
    private const string EndOfOperand = ",]&|[()";

    public static DelimitedPattern Parse(PatternReader reader)
    {
        var open = reader.Position++;
        var fields = new List<DelimitedField>();
        var regexes = 0;
        while (true)
        {
            reader.SkipBlanks();
            var place = reader.Position;
            var field = ParseField(reader, ref regexes);
            if (ReferenceEquals(field, DelimitedField.Ellipsis) && fields.Exists(other => ReferenceEquals(other, field)))
            {
                throw reader.Error(place, "this is a second '...'; only one can say how many fields it stands for.");
            }

            if (field.Name is not null && fields.Exists(other => other.Name == field.Name))
            {
                throw reader.Error(place, $"this is a second field {field.Name}; each name can stand for one field only.");
            }

            fields.Add(field);
            reader.SkipBlanks();
            if (reader.Take("]"))
            {
                break;
            }

            if (reader.AtEnd)
            {
                throw reader.Error($"the pattern begins with '[' at column {open + 1}, and ']' was expected at its end.");
            }

            if (!reader.Take(","))
            {
                throw field is { Name: not null, Condition: null }
                    ? reader.Expected("a comparison, ',' or ']'")
                    : reader.Expected("'&&', '||', ',' or ']'");
            }
        }

        reader.SkipBlanks();
        if (!reader.AtEnd)
        {
            throw reader.Error($"{reader.Found()} after the ']' that closes the pattern, where its end was expected; text in brackets is looked for as \"[text]\" in quotes.");
        }

        // Nothing between the brackets is no field at all.
        return new(fields is [{ Name: null, Condition: null }] ? [] : fields);
    }

    private static DelimitedField ParseField(PatternReader reader, ref int regexes)
    {
        if (reader.Take("..."))
        {
            return DelimitedField.Ellipsis;
        }

        if (reader.Current is ',' or ']')
        {
            return new(null, null);
        }

        var start = reader.Position;
        var name = ParseName(reader);
        reader.SkipBlanks();
        if (reader.Current is not ('=' or '!' or '<' or '>'))
        {
            return new(name, null);
        }

        reader.Position = start;
        var condition = ExpressionParser.Parse(reader, inner => ParseCondition(inner, name));
        foreach (var one in condition.Conditions().Cast<FieldCondition>())
        {
            if (one.Operand is RegexOperand && ++regexes > PatternLimits.RegularExpressions)
            {
                throw reader.Error(one.Column - 1, $"this is one regular expression too many; a space-delimited pattern may hold {PatternLimits.RegularExpressions}.");
            }
        }

        return new(name, condition);
    }

    private static string ParseName(PatternReader reader)
    {
        var start = reader.Position;
        while (char.IsAsciiLetterOrDigit(reader.Current) || reader.Current is '_' or '-')
        {
            reader.Position++;
        }

        if (reader.Position == start)
        {
            throw reader.Current == '('
                ? reader.Error("'(' stands where the name of a field was expected; parentheses belong to JSON patterns.")
                : reader.Expected("the name of a field (letters, digits, _ and -), '...', ',' or ']'");
        }

        return char.IsAsciiDigit(reader.Text[start])
            ? throw reader.Error(start, "the name of a field begins with a letter or '_'; $1, $2 and so on are the fields by their places.")
            : reader.Text[start..reader.Position];
    }

    private static FieldCondition ParseCondition(PatternReader reader, string field)
    {
        var start = reader.Position;
        var name = ParseName(reader);
        // The guide itself wrote [w1=ERROR || W1=WARNING, w2] for a time.
        if (!name.Equals(field, StringComparison.OrdinalIgnoreCase))
        {
            throw reader.Error(start, $"'{name}' stands in the conditions of the field {field}; between two commas all conditions are on one field.");
        }

        reader.SkipBlanks();
        var comparison = ComparisonOperators.Parse(reader);
        reader.SkipBlanks();
        return new(start + 1, field, comparison, Operand.Parse(reader, comparison, EndOfOperand));
    }
}
