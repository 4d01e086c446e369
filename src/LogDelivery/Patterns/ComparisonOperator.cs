namespace LogDelivery.Patterns;

internal enum ComparisonOperator
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

internal static class ComparisonOperators
{
    public static string Sign(this ComparisonOperator comparison) => comparison switch
    {
        ComparisonOperator.Equal => "=",
        ComparisonOperator.NotEqual => "!=",
        ComparisonOperator.Less => "<",
        ComparisonOperator.LessOrEqual => "<=",
        ComparisonOperator.Greater => ">",
        _ => ">=",
    };

    /// <summary>Whether only numbers can be compared this way.</summary>
    public static bool IsOrder(this ComparisonOperator comparison)
        => comparison is not (ComparisonOperator.Equal or ComparisonOperator.NotEqual);

    /// <summary>Evaluates this operator on the sign of a comparison.</summary>
    /// <param name="comparison">The operator.</param>
    /// <param name="sign">Negative when the event's value is less than the pattern's, zero when they are equal.</param>
    public static bool Holds(this ComparisonOperator comparison, int sign) => comparison switch
    {
        ComparisonOperator.Equal => sign == 0,
        ComparisonOperator.NotEqual => sign != 0,
        ComparisonOperator.Less => sign < 0,
        ComparisonOperator.LessOrEqual => sign <= 0,
        ComparisonOperator.Greater => sign > 0,
        _ => sign >= 0,
    };

    public static ComparisonOperator Parse(PatternReader reader)
    {
        var start = reader.Position;
        ComparisonOperator? comparison = reader.Current switch
        {
            '=' => ComparisonOperator.Equal,
            '!' when reader.Next == '=' => ComparisonOperator.NotEqual,
            '<' when reader.Next == '=' => ComparisonOperator.LessOrEqual,
            '>' when reader.Next == '=' => ComparisonOperator.GreaterOrEqual,
            '<' => ComparisonOperator.Less,
            '>' => ComparisonOperator.Greater,
            _ => null,
        };
        if (comparison is not { } found)
        {
            throw reader.Expected("one of = != < <= > >=");
        }

        reader.Position += found.Sign().Length;
        return reader.Current is '=' or '<' or '>' or '!' or '~'
            ? throw reader.Error(start, $"'{reader.Text.AsSpan(start, reader.Position + 1 - start)}' stands where one of = != < <= > >= was expected.")
            : found;
    }
}
