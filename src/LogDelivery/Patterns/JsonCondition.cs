namespace LogDelivery.Patterns;

/// <summary>A condition on the values that a selector finds. It holds when it holds for one of them.</summary>
internal abstract class JsonCondition(int column, Selector selector) : PatternCondition(column)
{
    public Selector Selector { get; } = selector;

    /// <summary>Whether one value that the selector found satisfies the condition.</summary>
    /// <param name="kind">The kind of the value.</param>
    /// <param name="value">A string's characters as UTF-8, or a number as the event writes it; else empty.</param>
    public abstract bool Accepts(JsonValueKind kind, ReadOnlySpan<byte> value);
}

/// <summary><c>$.a = "x"</c>: true only of strings and numbers, so neither <c>=</c> nor <c>!=</c> of anything else or of nothing.</summary>
internal sealed class ComparisonCondition(int column, Selector selector, ComparisonOperator comparison, Operand operand)
    : JsonCondition(column, selector)
{
    public ComparisonOperator Comparison { get; } = comparison;

    public Operand Operand { get; } = operand;

    public override bool Accepts(JsonValueKind kind, ReadOnlySpan<byte> value)
        => kind is JsonValueKind.String or JsonValueKind.Number && Operand.Holds(Comparison, value, numeric: kind == JsonValueKind.Number);

    public override string Write(bool compact)
        => compact
            ? $"{Selector}{Comparison.Sign()}{Operand.Write(compact)}"
            : $"{Selector} {Comparison.Sign()} {Operand.Write(compact)}";
}

/// <summary><c>$.a IS NULL</c>, <c>IS TRUE</c>, <c>IS FALSE</c>: the value is there and is that literal.</summary>
internal sealed class LiteralCondition(int column, Selector selector, JsonValueKind literal) : JsonCondition(column, selector)
{
    public JsonValueKind Literal { get; } = literal;

    public override bool Accepts(JsonValueKind kind, ReadOnlySpan<byte> value) => kind == Literal;

    public override string Write(bool compact) => $"{Selector} IS {Literal.ToString().ToUpperInvariant()}";
}

/// <summary><c>$.a NOT EXISTS</c>: the selector finds nothing; a null is something.</summary>
internal sealed class AbsenceCondition(int column, Selector selector) : JsonCondition(column, selector)
{
    /// <summary>The condition is kept as whether something was found, and turned round when the event has been read.</summary>
    public override bool Accepts(JsonValueKind kind, ReadOnlySpan<byte> value) => true;

    public override string Write(bool compact) => $"{Selector} NOT EXISTS";
}
