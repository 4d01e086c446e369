namespace LogDelivery.Policies;

/// <summary>
/// One test of a statement's <c>Condition</c> block: an operator, a key and its values. A statement applies only when
/// every one of its conditions holds. Immutable.
/// </summary>
public sealed class Condition
{
    private readonly ConditionOperand[] operands;
    private readonly bool multivaluedKey;

    internal Condition(ConditionOperator op, string key, ConditionOperand[] operands, JsonRange valueRange)
    {
        Op = op;
        Key = key;
        LowerCaseKey = key.ToLowerInvariant();
        this.operands = operands;
        ValueRange = valueRange;
        Values = [.. operands.Select(o => o.Text)];
        multivaluedKey = op.Quantifier == SetQuantifier.None && op.Type != ConditionType.Null && MultivaluedKeys.Contains(LowerCaseKey);
    }

    /// <summary>The operator as the policy spells it, such as <c>ForAnyValue:StringLike</c>.</summary>
    public string Operator => Op.Name;

    /// <summary>The condition key as the policy spells it.</summary>
    public string Key { get; }

    /// <summary>The values, one of which has to match (none, for a negated operator).</summary>
    public IReadOnlyList<string> Values { get; }

    internal ConditionOperator Op { get; }

    internal string LowerCaseKey { get; }

    internal ReadOnlySpan<ConditionOperand> Operands => operands;

    /// <summary>The position of the values in the document's UTF-8 text.</summary>
    internal JsonRange ValueRange { get; }

    /// <summary>Whether the condition holds in a context.</summary>
    /// <param name="context">The context of the request.</param>
    public Truth Test(RequestContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Test(context.Find(LowerCaseKey), context);
    }

    /// <summary>The condition in words: <c>StringEquals aws:SourceAccount "111122223333"</c>.</summary>
    public override string ToString() => $"{Operator} {Key} {string.Join(" or ", Values.Select(v => $"\"{v}\""))}";

    private Truth Test(ContextValue value, RequestContext context)
    {
        switch (value.Knowledge)
        {
            case ContextKnowledge.Present:
                return Op.Type == ConditionType.Null ? TestNull(isAbsent: false, context) : TestValues(value.ValueSpan, context);
            case ContextKnowledge.Absent:
                return Op.Type == ConditionType.Null ? TestNull(isAbsent: true, context) : TestAbsent();
            case ContextKnowledge.OneOf:
                return TestAlternatives(value.AlternativeSpan, context);
            case ContextKnowledge.Like when Op.Type == ConditionType.Null:
                return TestNull(isAbsent: false, context);
            case ContextKnowledge.Like:
                return multivaluedKey ? Truth.False : TestForm(value.Form!, context);
            case ContextKnowledge.Internal when Op.Type != ConditionType.Null:
                return TestInternal();
            case ContextKnowledge.Unknown when Op.Type != ConditionType.Null && !MayFailForSeveral && !CanMatch(context):
                // Whatever the key holds, it does not match; only whether it is there may still make a difference.
                return Op.Negated.ToTruth() == TestAbsent() ? TestAbsent() : Truth.Unknown;
            default:
                return Truth.Unknown;
        }
    }

    // Without set operator several values satisfy nothing, not even a negated test; a positive one fails for one value, too.
    private bool MayFailForSeveral => Op.Quantifier == SetQuantifier.None && Op.Negated;

    // A value with a policy variable that has no value itself matches nothing.
    private bool CanMatch(RequestContext context)
    {
        foreach (var operand in operands)
        {
            if (operand.Pattern is not { } pattern || pattern.TryResolve(context, out _) != Truth.False)
            {
                return true;
            }
        }

        return false;
    }

    private Truth TestNull(bool isAbsent, RequestContext context)
    {
        var text = isAbsent ? bool.TrueString : bool.FalseString;
        return MatchesAny(text, context);
    }

    private Truth TestAbsent() => Op switch
    {
        { Quantifier: SetQuantifier.ForAllValues } => Truth.True,
        { IfExists: true } => Truth.True,
        { Quantifier: SetQuantifier.ForAnyValue } => Truth.False,
        _ => Op.Negated.ToTruth(),
    };

    private Truth TestValues(ReadOnlySpan<string> values, RequestContext context)
    {
        switch (Op.Quantifier)
        {
            case SetQuantifier.None when values.Length > 1 || multivaluedKey:
                return Truth.False;
            case SetQuantifier.None:
                return Matches(values[0], context);
            default:
                if (IsNullDataset(values))
                {
                    return TestAbsent();
                }

                var all = Op.Quantifier == SetQuantifier.ForAllValues;
                var truth = all.ToTruth();
                foreach (var value in values)
                {
                    var one = Matches(value, context);
                    truth = all ? truth.And(one) : truth.Or(one);
                }

                return truth;
        }
    }

    private Truth TestAlternatives(ReadOnlySpan<ContextValue> alternatives, RequestContext context)
    {
        var first = Test(alternatives[0], context);
        foreach (var alternative in alternatives[1..])
        {
            if (Test(alternative, context) != first)
            {
                return Truth.Unknown;
            }
        }

        return first;
    }

    private Truth TestForm(ValueForm form, RequestContext context)
    {
        var truth = Truth.False;
        foreach (var operand in operands)
        {
            truth = truth.Or(operand.MatchesForm(form, context));
        }

        if (Op.Negated)
        {
            truth = truth.Not();
        }

        // To a set operator the empty text is no value at all.
        return Op.Quantifier == SetQuantifier.None || !form.CanBeEmpty || truth == TestAbsent() ? truth : Truth.Unknown;
    }

    private Truth TestInternal()
    {
        var truth = Truth.False;
        if (multivaluedKey)
        {
            return TestAbsent() == truth ? truth : Truth.Unknown;
        }

        foreach (var operand in operands)
        {
            truth = truth.Or(operand.MatchesInternal());
        }

        if (Op.Negated)
        {
            truth = truth.Not();
        }

        // The key may as well be absent; only where that makes no difference is the answer sure.
        return truth == TestAbsent() ? truth : Truth.Unknown;
    }

    private Truth Matches(string value, RequestContext context)
    {
        var truth = MatchesAny(value, context);
        return Op.Negated ? truth.Not() : truth;
    }

    private Truth MatchesAny(string value, RequestContext context)
    {
        var truth = Truth.False;
        foreach (var operand in operands)
        {
            truth = truth.Or(operand.Matches(value, context));
            if (truth == Truth.True)
            {
                break;
            }
        }

        return truth;
    }

    private static bool IsNullDataset(ReadOnlySpan<string> values)
    {
        foreach (var value in values)
        {
            if (value.Length > 0)
            {
                return false;
            }
        }

        return true;
    }
}
