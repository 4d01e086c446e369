using System.Text;

namespace LogDelivery.Patterns;

/// <summary>The right-hand side of a comparison.</summary>
internal abstract class Operand
{
    /// <summary>Whether a value equals the operand.</summary>
    /// <param name="value">The event's value as UTF-8: a string's characters, or a number as the event writes it.</param>
    /// <param name="numeric">Whether the value may be taken for a number: it is a JSON number, or a field of a space-delimited event.</param>
    public abstract bool EqualsValue(ReadOnlySpan<byte> value, bool numeric);

    /// <summary>The operand as a pattern writes it.</summary>
    /// <param name="compact">Without the quotes that can be left out.</param>
    public abstract string Write(bool compact);

    /// <summary>Whether the comparison holds for a string or number of an event.</summary>
    public bool Holds(ComparisonOperator comparison, ReadOnlySpan<byte> value, bool numeric) => comparison switch
    {
        ComparisonOperator.Equal => EqualsValue(value, numeric),
        ComparisonOperator.NotEqual => !EqualsValue(value, numeric),
        _ => numeric && this is NumberOperand number && number.Number.TryCompare(value, out var order) && comparison.Holds(order),
    };

    /// <summary>Parses the right-hand side of an operator.</summary>
    /// <param name="reader">At the first character of the operand.</param>
    /// <param name="comparison">The operator; but for <c>=</c> and <c>!=</c> only a number may follow.</param>
    /// <param name="end">Characters that end an operand without quotes.</param>
    public static Operand Parse(PatternReader reader, ComparisonOperator comparison, string end)
    {
        var start = reader.Position;
        if (comparison.IsOrder())
        {
            var token = ReadBare(reader, end);
            return ParseNumber(token) ?? throw reader.Error(
                start,
                token.Length == 0 && (reader.AtEnd || end.Contains(reader.Current, StringComparison.Ordinal))
                    ? $"{reader.Found(start)} where a number was expected."
                    : $"a number was expected after '{comparison.Sign()}'; text can only be compared with = and !=.");
        }

        switch (reader.Current)
        {
            case '"':
                return FromText(QuotedText.Parse(reader), quoted: true);
            case '%':
                return new RegexOperand(PatternRegex.Parse(reader));
            default:
                var bare = ReadBare(reader, end);
                RequireBare(reader, start, bare, end);
                return (Operand?)ParseNumber(bare) ?? FromText(bare, quoted: false);
        }
    }

    private static NumberOperand? ParseNumber(string token)
        => DecimalNumber.TryParse(Encoding.UTF8.GetBytes(token)) is { } number ? new NumberOperand(token, number) : null;

    private static Operand FromText(string text, bool quoted)
        => text.Contains('*', StringComparison.Ordinal) ? new WildcardOperand(text) : new TextOperand(text, quoted);

    private static string ReadBare(PatternReader reader, string end)
    {
        var start = reader.Position;
        while (!reader.AtEnd && !PatternReader.IsBlank(reader.Current) && !end.Contains(reader.Current, StringComparison.Ordinal))
        {
            reader.Position++;
        }

        return reader.Text[start..reader.Position];
    }

    private static void RequireBare(PatternReader reader, int start, string token, string end)
    {
        if (token.Length == 0)
        {
            throw reader.Error($"{reader.Found()} where a value was expected: a number, text, \"text in quotes\" or %a regular expression%.");
        }

        for (var i = 0; i < token.Length; i++)
        {
            if (!BareText.IsPart(token[i]) && !(token[i] == '+' && DecimalNumber.IsNumber(Encoding.UTF8.GetBytes(token))))
            {
                throw reader.Error(start + i, $"{reader.Found(start + i)} in a value without quotes, where a letter, a digit or one of _ . - * was expected; put the value in double quotes.");
            }
        }
    }
}
