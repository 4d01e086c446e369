namespace LogDelivery.Patterns;

/// <summary>One field between the commas of a space-delimited pattern.</summary>
/// <param name="Name">The field's name; null for one without.</param>
/// <param name="Condition">The condition on the field's value; null when there is none.</param>
internal sealed record DelimitedField(string? Name, Expression? Condition)
{
    /// <summary>Stands for <c>...</c>: any number of fields.</summary>
    public static DelimitedField Ellipsis { get; } = new("...", null);

    public string Write(bool compact) => Condition is null ? Name ?? "" : Condition.Write(compact);
}

/// <summary><c>status = 4*</c>.</summary>
internal sealed class FieldCondition(int column, string name, ComparisonOperator comparison, Operand operand) : PatternCondition(column)
{
    public string Name { get; } = name;

    public ComparisonOperator Comparison { get; } = comparison;

    public Operand Operand { get; } = operand;

    public bool Accepts(ReadOnlySpan<byte> value) => Operand.Holds(Comparison, value, numeric: true);

    public override string Write(bool compact)
        => compact ? $"{Name}{Comparison.Sign()}{Operand.Write(compact)}" : $"{Name} {Comparison.Sign()} {Operand.Write(compact)}";
}
