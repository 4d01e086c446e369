using System.Buffers;
using System.Text;

namespace LogDelivery.Patterns.Comparison;

/// <summary>Space-delimited events of a certain number of fields, by the values of the fields that two patterns look at.</summary>
internal sealed class DelimitedEventSpace : EventSpace
{
    private static readonly SearchValues<char> Blanks = SearchValues.Create(" \t\n\v\f\r");

    private readonly DelimitedPattern first;
    private readonly DelimitedPattern? second;
    private readonly List<List<FieldCondition>> conditions = [];
    private readonly List<List<Choice>> choices = [];
    private bool isComplete = true;

    /// <summary>Creates the space.</summary>
    /// <param name="first">A pattern.</param>
    /// <param name="second">Another that must not match where the first does, or the other way round; null when the first must match.</param>
    /// <param name="count">The number of fields of the events.</param>
    /// <param name="budget">The steps left.</param>
    public DelimitedEventSpace(DelimitedPattern first, DelimitedPattern? second, int count, StepBudget budget)
    {
        (this.first, this.second) = (first, second);
        for (var i = 0; i < count; i++)
        {
            conditions.Add([]);
        }

        Place(first);
        Place(second);
        foreach (var one in conditions)
        {
            choices.Add(MakeChoices(one, budget));
        }
    }

    public override int VariableCount => choices.Count;

    public override bool IsComplete => isComplete;

    /// <summary>Gets the number of fields that is enough to distinguish everything that a pattern can distinguish.</summary>
    public static int Enough(DelimitedPattern one, DelimitedPattern? other) => one.Fields.Count + (other?.Fields.Count ?? 0) + 1;

    public override bool? Differs(Func<PatternCondition, bool?> truth)
    {
        var one = Holds(first, truth);
        return second is null ? one : one is { } known && Holds(second, truth) is { } other ? known != other : null;
    }

    public override IEnumerable<Choice> Choices(int variable, Choice[] chosen) => choices[variable];

    public override string Write(Choice[] chosen) => string.Join(' ', chosen.Select(choice => WriteField(choice.Text)));

    private static string WriteField(string text)
    {
        var isBare = text.Length > 0 && text[0] is not ('"' or '[') && !text.AsSpan().ContainsAny(Blanks);
        return isBare ? text : !text.Contains('"', StringComparison.Ordinal) ? $"\"{text}\"" : !text.Contains(']', StringComparison.Ordinal) ? $"[{text}]" : text;
    }

    private bool? Holds(DelimitedPattern pattern, Func<PatternCondition, bool?> truth)
    {
        if (choices.Count < pattern.MinimumFields)
        {
            return false;
        }

        bool? result = true;
        foreach (var field in pattern.Fields)
        {
            var value = field.Condition is { } condition ? Evaluate(condition, truth) : true;
            if (value == false)
            {
                return false;
            }

            result = value is null ? null : result;
        }

        return result;
    }

    private void Place(DelimitedPattern? pattern)
    {
        if (pattern is null || conditions.Count < pattern.MinimumFields)
        {
            return;
        }

        for (var i = 0; i < pattern.Fields.Count; i++)
        {
            if (pattern.Fields[i].Condition is not { } condition)
            {
                continue;
            }

            if (pattern.Ellipsis < 0 && i == pattern.Fields.Count - 1 && conditions.Count > pattern.Fields.Count)
            {
                // The rest of the event: made of several values, so it stays unknown here and is only seen when an event is tried.
                isComplete = false;
                continue;
            }

            var place = pattern.Ellipsis >= 0 && i > pattern.Ellipsis ? conditions.Count - (pattern.Fields.Count - i) : i;
            conditions[place].AddRange(condition.Conditions().Cast<FieldCondition>());
        }
    }

    private List<Choice> MakeChoices(List<FieldCondition> here, StepBudget budget)
    {
        var equalities = here.Where(condition => !condition.Comparison.IsOrder()).Select(condition => condition.Operand).ToList();
        var numbers = here.Select(condition => condition.Operand).OfType<NumberOperand>().Select(operand => operand.Number).ToList();
        var samples = ValueTest.Samples(equalities, numbers, new FieldAutomaton(), budget, out var hasAll);
        isComplete &= hasAll;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return
        [
            .. samples
                .Select(text => new Choice(JsonValueKind.String, text)
                {
                    Truths = [.. here.Select(condition => ((PatternCondition)condition, condition.Accepts(Encoding.UTF8.GetBytes(text))))],
                })
                .Where(choice => seen.Add(string.Concat(choice.Truths.Select(truth => truth.Holds ? '1' : '0')))),
        ];
    }
}
