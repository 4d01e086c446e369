namespace LogDelivery.Patterns.Comparison;

/// <summary>Searches texts that contain or lack the terms of two text patterns.</summary>
internal static class TextEventSearch
{
    /// <summary>Searches for an event.</summary>
    /// <param name="first">A pattern.</param>
    /// <param name="second">Another, whose terms count too; null for none.</param>
    /// <param name="isWitness">Whether an event is a witness.</param>
    /// <param name="budget">The steps left.</param>
    /// <param name="isExhaustive">Whether finding nothing means that there is nothing.</param>
    public static string? Find(TextPattern first, TextPattern? second, Func<string, bool> isWitness, StepBudget budget, out bool isExhaustive)
    {
        var tests = first.Terms.Concat(second?.Terms ?? [])
            .Where(term => !term.IsBlank)
            .DistinctBy(term => (term.Text, term.Regex is null))
            .Select(term => term.Regex is { } regex ? (TextAutomaton)new RegexAutomaton(regex) : new PiecesAutomaton("", [term.Text], ""))
            .ToList();
        var classes = new Dictionary<string, string>(StringComparer.Ordinal);
        isExhaustive = AutomatonClasses.TryEnumerate(tests, null, budget, classes);
        return classes.Values.FirstOrDefault(isWitness);
    }
}
