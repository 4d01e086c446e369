namespace LogDelivery.Patterns;

/// <summary>A pattern in braces: conditions on the properties of events that are JSON objects.</summary>
internal sealed class JsonPattern : PatternBody
{
    public JsonPattern(Expression expression)
    {
        Expression = expression;
        Tree = new(expression.Conditions().Cast<JsonCondition>());
        Raw = RawFilter.OfJson(expression);
    }

    public Expression Expression { get; }

    public SelectorTree Tree { get; }

    public RawFilter Raw { get; }

    public override FilterPatternKind Kind => FilterPatternKind.Json;

    public override bool Matches(ReadOnlySpan<byte> utf8)
    {
        Span<bool> truths = stackalloc bool[Tree.Conditions.Count];
        return JsonEvaluation.TryRun(Tree, utf8, truths) && Expression.Holds(truths);
    }

    public override bool MayMatch(ReadOnlySpan<byte> utf8, bool mayHaveEscapes) => Raw.MayMatch(utf8, mayHaveEscapes);

    public override FilterExplanation Explain(ReadOnlySpan<byte> utf8) => JsonExplanation.Explain(this, utf8);

    public override string Write(bool compact) => compact ? $"{{{Expression.Write(compact)}}}" : $"{{ {Expression.Write(compact)} }}";
}
