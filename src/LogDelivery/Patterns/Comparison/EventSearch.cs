namespace LogDelivery.Patterns.Comparison;

/// <summary>Searches a space for an event, variable by variable, and skips branches that are decided already.</summary>
internal sealed class EventSearch(EventSpace space, Func<string, bool> isWitness)
{
    private const int MostFailures = 100;

    private readonly Choice[] chosen = new Choice[space.VariableCount];
    private readonly Dictionary<PatternCondition, bool> truths = new(ReferenceEqualityComparer.Instance);
    private int failures;

    /// <summary>Whether everything was looked at, so that finding nothing means that there is nothing.</summary>
    public bool IsExhaustive { get; private set; } = space.IsComplete;

    /// <summary>Searches for an event.</summary>
    /// <param name="budget">The steps left.</param>
    /// <returns>An event that was tried, or null.</returns>
    public string? Find(StepBudget budget) => Find(0, budget);

    private string? Find(int variable, StepBudget budget)
    {
        if (!budget.TrySpend() || failures > MostFailures)
        {
            IsExhaustive = false;
            return null;
        }

        if (space.Differs(condition => truths.TryGetValue(condition, out var holds) ? holds : null) == false)
        {
            return null;
        }

        if (variable == chosen.Length)
        {
            var message = space.Write(chosen);
            if (isWitness(message))
            {
                return message;
            }

            // What the space promises and the patterns do not keep proves nothing.
            IsExhaustive = false;
            failures++;
            return null;
        }

        foreach (var choice in space.Choices(variable, chosen))
        {
            chosen[variable] = choice;
            foreach (var (condition, holds) in choice.Truths)
            {
                truths[condition] = holds;
            }

            if (Find(variable + 1, budget) is { } found)
            {
                return found;
            }

            foreach (var (condition, _) in choice.Truths)
            {
                truths.Remove(condition);
            }
        }

        return null;
    }
}
