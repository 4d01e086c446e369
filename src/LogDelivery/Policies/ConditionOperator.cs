namespace LogDelivery.Policies;

/// <summary>The type that a condition operator reads its values as.</summary>
internal enum ConditionType
{
    Text,
    Arn,
    Numeric,
    Date,
    Bool,
    Binary,
    IpAddress,
    Null,
}

internal enum Comparison
{
    Equal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

internal enum SetQuantifier
{
    None,
    ForAllValues,
    ForAnyValue,
}

/// <summary>
/// The parts of a condition operator: <c>ForAnyValue:StringNotLikeIfExists</c> is a quantifier, a type, a negation, and the
/// rule for an absent key. Source: IAM user guide, reference_policies_elements_condition_operators.
/// </summary>
internal sealed record ConditionOperator(
    string Name,
    ConditionType Type,
    Comparison Comparison = Comparison.Equal,
    bool Negated = false,
    bool Wildcards = false,
    bool IgnoreCase = false,
    bool IfExists = false,
    SetQuantifier Quantifier = SetQuantifier.None)
{
    private const string IfExistsSuffix = "IfExists";
    private const string ForAllPrefix = "ForAllValues:";
    private const string ForAnyPrefix = "ForAnyValue:";

    private static readonly Dictionary<string, ConditionOperator> Known = new ConditionOperator[]
    {
        new("StringEquals", ConditionType.Text),
        new("StringNotEquals", ConditionType.Text, Negated: true),
        new("StringEqualsIgnoreCase", ConditionType.Text, IgnoreCase: true),
        new("StringNotEqualsIgnoreCase", ConditionType.Text, Negated: true, IgnoreCase: true),
        new("StringLike", ConditionType.Text, Wildcards: true),
        new("StringNotLike", ConditionType.Text, Negated: true, Wildcards: true),
        new("ArnEquals", ConditionType.Arn, Wildcards: true),
        new("ArnLike", ConditionType.Arn, Wildcards: true),
        new("ArnNotEquals", ConditionType.Arn, Negated: true, Wildcards: true),
        new("ArnNotLike", ConditionType.Arn, Negated: true, Wildcards: true),
        new("NumericEquals", ConditionType.Numeric),
        new("NumericNotEquals", ConditionType.Numeric, Negated: true),
        new("NumericLessThan", ConditionType.Numeric, Comparison.Less),
        new("NumericLessThanEquals", ConditionType.Numeric, Comparison.LessOrEqual),
        new("NumericGreaterThan", ConditionType.Numeric, Comparison.Greater),
        new("NumericGreaterThanEquals", ConditionType.Numeric, Comparison.GreaterOrEqual),
        new("DateEquals", ConditionType.Date),
        new("DateNotEquals", ConditionType.Date, Negated: true),
        new("DateLessThan", ConditionType.Date, Comparison.Less),
        new("DateLessThanEquals", ConditionType.Date, Comparison.LessOrEqual),
        new("DateGreaterThan", ConditionType.Date, Comparison.Greater),
        new("DateGreaterThanEquals", ConditionType.Date, Comparison.GreaterOrEqual),
        new("Bool", ConditionType.Bool),
        new("BinaryEquals", ConditionType.Binary),
        new("IpAddress", ConditionType.IpAddress),
        new("NotIpAddress", ConditionType.IpAddress, Negated: true),
        new("Null", ConditionType.Null),
    }.ToDictionary(o => o.Name, StringComparer.OrdinalIgnoreCase);

    private static readonly string[] Spellings =
    [
        .. Known.Values.SelectMany(o => o.Type == ConditionType.Null
            ? [o.Name]
            : new[] { string.Empty, ForAnyPrefix, ForAllPrefix }.SelectMany(p => new[] { $"{p}{o.Name}", $"{p}{o.Name}{IfExistsSuffix}" })),
    ];

    /// <summary>Suggests the operator that was probably meant, in a sentence that begins with a blank; empty when there is none.</summary>
    public static string Hint(string name)
    {
        var (_, rest, _) = Cut(name);
        return Nearest.Hint(rest.Equals("Null", StringComparison.OrdinalIgnoreCase) ? rest : name, Spellings);
    }

    public static ConditionOperator? TryParse(string name)
    {
        var (quantifier, rest, ifExists) = Cut(name);

        // Null asks about existence itself: neither a quantifier nor IfExists makes sense with it.
        if (!Known.TryGetValue(rest, out var known)
            || (known.Type == ConditionType.Null && (ifExists || quantifier != SetQuantifier.None)))
        {
            return null;
        }

        return known with { Name = name, IfExists = ifExists, Quantifier = quantifier };
    }

    private static (SetQuantifier Quantifier, string Plain, bool IfExists) Cut(string name)
    {
        var quantifier = SetQuantifier.None;
        var rest = name;
        if (rest.StartsWith(ForAllPrefix, StringComparison.OrdinalIgnoreCase))
        {
            (quantifier, rest) = (SetQuantifier.ForAllValues, rest[ForAllPrefix.Length..]);
        }
        else if (rest.StartsWith(ForAnyPrefix, StringComparison.OrdinalIgnoreCase))
        {
            (quantifier, rest) = (SetQuantifier.ForAnyValue, rest[ForAnyPrefix.Length..]);
        }

        var ifExists = rest.EndsWith(IfExistsSuffix, StringComparison.OrdinalIgnoreCase);
        if (ifExists)
        {
            rest = rest[..^IfExistsSuffix.Length];
        }

        return (quantifier, rest, ifExists);
    }
}
