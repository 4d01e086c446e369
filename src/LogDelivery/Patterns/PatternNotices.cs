namespace LogDelivery.Patterns;

/// <summary>Finds parts of a pattern that may surprise; docs/concepts/filter-patterns.md explains them with examples.</summary>
internal static class PatternNotices
{
    public static IReadOnlyList<PatternNotice> Of(FilterPattern pattern) =>
    [
        .. Blanks(pattern),
        .. pattern.Body switch
        {
            TextPattern text => OfText(text),
            JsonPattern json => OfJson(json),
            DelimitedPattern delimited => OfDelimited(delimited),
            _ => [],
        },
    ];

    private static IEnumerable<PatternNotice> Blanks(FilterPattern pattern)
    {
        if (pattern.Kind != FilterPatternKind.Text && pattern.Text != pattern.Text.Trim())
        {
            yield return new(1, "Blanks stand around the brackets. CloudWatch Logs was seen to refuse such a pattern; leave them out.");
        }
    }

    private static IEnumerable<PatternNotice> OfText(TextPattern pattern)
    {
        foreach (var term in pattern.Terms)
        {
            if (term.Role == TextTermRole.Optional && pattern.IgnoresOptional)
            {
                yield return new(term.Column, $"{term} has no effect: terms with '?' are ignored beside terms without it. To demand one of several words beside another, use a regular expression or a JSON pattern.");
            }

            if (term.Regex is not null && pattern.Terms.Count > 1)
            {
                yield return new(term.Column, "AWS documents a regular expression in a text pattern only alone, not beside other terms.");
            }
        }
    }

    private static IEnumerable<PatternNotice> OfJson(JsonPattern pattern)
    {
        var absent = pattern.Tree.Conditions.OfType<AbsenceCondition>().Select(condition => condition.Selector).ToHashSet();
        foreach (var condition in pattern.Expression.Conditions().OfType<ComparisonCondition>())
        {
            if (condition.Comparison == ComparisonOperator.NotEqual && !absent.Contains(condition.Selector))
            {
                yield return new(condition.Column, $"{condition} is false where {condition.Selector} is absent, null, true, false, an array or an object. Where absent should count too, write ({condition} || {condition.Selector} NOT EXISTS).");
            }

            if (condition.Operand is TextOperand { Text: "true" or "false" or "null" } text)
            {
                yield return new(condition.Column, $"This compares with the text \"{text.Text}\" and never with the JSON literal; for that write {condition.Selector} IS {text.Text.ToUpperInvariant()}.");
            }

            if (condition.Operand is WildcardOperand wildcard && Star(wildcard) is { } problem)
            {
                yield return new(condition.Column, problem);
            }
        }
    }

    private static IEnumerable<PatternNotice> OfDelimited(DelimitedPattern pattern)
    {
        var conditions = pattern.Fields.Where(field => field.Condition is not null).ToList();
        if (conditions.Count == 0)
        {
            yield return new(1, $"No field has a condition, so every event with at least {pattern.MinimumFields} fields matches. To look for text in brackets, put it in double quotes.");
        }

        if (pattern.Ellipsis < 0 && pattern.Fields is [.., { Condition: { } last, Name: { } name }])
        {
            yield return new(last.Column, $"{name} is the last place and stands for the rest of the event, not for one field. For one field, let another name or '...' follow.");
        }

        foreach (var condition in conditions.SelectMany(field => field.Condition!.Conditions()).OfType<FieldCondition>())
        {
            if (condition.Operand is WildcardOperand wildcard && Star(wildcard) is { } problem)
            {
                yield return new(condition.Column, problem);
            }
        }
    }

    private static string? Star(WildcardOperand wildcard)
        => wildcard.Pattern is { First.Length: > 0, Last.Length: > 0 } or { Inner.Count: > 0, Last.Length: > 0 } or { Inner.Count: > 0, First.Length: > 0 }
            ? $"'*' between other characters matched any text when CloudWatch Logs was asked, though AWS's guide of 2019 to 2021 said it stood for itself there."
            : null;
}
