namespace LogDelivery.Policies;

/// <summary>A stretch of a document's UTF-8 text.</summary>
internal readonly record struct JsonRange(int Start, int End)
{
    public static readonly JsonRange None = new(-1, -1);

    public int Length => End - Start;

    public bool Exists => Start >= 0;
}

/// <summary>The positions of a statement, and of the parts that a repair may change, in the document's UTF-8 text.</summary>
/// <param name="Statement">The whole statement, braces included.</param>
/// <param name="Condition">The value of its <c>Condition</c> element, if it has one.</param>
/// <param name="Operators">The value of each operator in the condition block, by the operator as spelled.</param>
/// <param name="Resource">The value of <c>Resource</c> or <c>NotResource</c>, if it has one.</param>
internal sealed record StatementLayout(
    JsonRange Statement,
    JsonRange Condition,
    IReadOnlyDictionary<string, JsonRange> Operators,
    JsonRange Resource);
