using System.Text.Json;

namespace LogDelivery.Patterns;

/// <summary>Explains why a JSON pattern does not match an event.</summary>
internal static class JsonExplanation
{
    public static FilterExplanation Explain(JsonPattern pattern, ReadOnlySpan<byte> utf8)
    {
        var truths = new bool[pattern.Tree.Conditions.Count];
        var isObject = JsonEvaluation.TryRun(pattern.Tree, utf8, truths);
        using var document = JsonValues.TryParse(utf8, out var reason);
        if (!isObject || document is null)
        {
            return FilterExplanation.Of(new FilterFailure(pattern.Write(compact: false), 1, reason.Length > 0 ? reason : "The event is not one JSON object."));
        }

        return pattern.Expression.Holds(truths)
            ? FilterExplanation.Match
            : FilterExplanation.Of([.. FilterExplanation.Failing(pattern.Expression, truths, condition => Reason((JsonCondition)condition, document.RootElement))]);
    }

    private static string Reason(JsonCondition condition, JsonElement root)
    {
        var found = JsonValues.Find(root, condition.Selector).ToList();
        if (found.Count == 0)
        {
            return condition is ComparisonCondition { Comparison: ComparisonOperator.NotEqual }
                ? $"{condition.Selector} is absent, and != holds only of a string or number that is there."
                : $"{condition.Selector} is absent.";
        }

        var values = string.Join(", ", found.Take(3).Select(JsonValues.Describe)) + (found.Count > 3 ? ", ..." : "");
        return condition is ComparisonCondition comparison && Advice(comparison, found) is { } advice
            ? $"{condition.Selector} is {values}, and {advice}"
            : $"{condition.Selector} is {values}.";
    }

    private static string? Advice(ComparisonCondition condition, List<JsonElement> found)
    {
        if (!found.Exists(value => value.ValueKind is System.Text.Json.JsonValueKind.String or System.Text.Json.JsonValueKind.Number))
        {
            return "a comparison holds only of strings and numbers.";
        }

        return condition.Comparison.IsOrder() && !found.Exists(value => value.ValueKind == System.Text.Json.JsonValueKind.Number)
            ? $"{condition.Comparison.Sign()} holds only of numbers, not of numbers in quotes."
            : null;
    }
}
