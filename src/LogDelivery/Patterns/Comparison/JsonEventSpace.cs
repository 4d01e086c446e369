using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LogDelivery.Patterns.Comparison;

/// <summary>JSON events by the values at the selectors of two expressions. A selector with a wildcard is tried at one place only.</summary>
internal sealed class JsonEventSpace : EventSpace
{
    private const string AnyName = "any";

    private readonly Expression first;
    private readonly Expression? second;
    private readonly List<Place> places = [];
    private readonly bool isComplete = true;

    /// <summary>Creates the space.</summary>
    /// <param name="first">An expression.</param>
    /// <param name="second">Another that must be false where the first is true, or the other way round; null when the first must be true.</param>
    /// <param name="element">The element that <c>[*]</c> is tried at.</param>
    /// <param name="budget">The steps left.</param>
    public JsonEventSpace(Expression first, Expression? second, int element, StepBudget budget)
    {
        (this.first, this.second) = (first, second);
        var root = new Place(null, default);
        foreach (var condition in first.Conditions().Concat(second?.Conditions() ?? []).Cast<JsonCondition>())
        {
            isComplete &= !condition.Selector.HasWildcard;
            var place = root;
            foreach (var step in condition.Selector.Steps)
            {
                place = place.Follow(Concrete(step, element));
            }

            place.Conditions.Add(condition);
        }

        List(root);
        foreach (var place in places)
        {
            isComplete &= place.TryMakeChoices(budget);
        }
    }

    /// <summary>The elements to try <c>[*]</c> at: the first, and one that no selector names.</summary>
    public static IEnumerable<int> Elements(params IEnumerable<Expression> expressions)
    {
        var steps = expressions.SelectMany(expression => expression.Conditions()).Cast<JsonCondition>().SelectMany(condition => condition.Selector.Steps).ToList();
        return steps.Exists(step => step.Kind == SelectorStepKind.AnyElement)
            ? [0, steps.Max(step => Math.Min(step.Index, Place.FarthestElement - 1)) + 1]
            : [0];
    }

    public override int VariableCount => places.Count;

    public override bool IsComplete => isComplete;

    public override bool? Differs(Func<PatternCondition, bool?> truth)
        => second is null ? Evaluate(first, truth) : Evaluate(first, truth) is { } one && Evaluate(second, truth) is { } other ? one != other : null;

    public override IEnumerable<Choice> Choices(int variable, Choice[] chosen)
    {
        var place = places[variable];
        var parent = place.Parent!.Number < 0 ? JsonValueKind.Object : chosen[place.Parent.Number].Kind;
        var canBe = parent == (place.Step.Kind == SelectorStepKind.Key ? JsonValueKind.Object : JsonValueKind.Array)
            && (place.Earlier is null || chosen[place.Earlier.Number].Kind is not null);
        return canBe ? place.Choices : [place.Absent];
    }

    public override string Write(Choice[] chosen)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            WriteMembers(writer, places.Count > 0 ? places[0].Root : new(null, default), chosen);
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static SelectorStep Concrete(SelectorStep step, int element) => step.Kind switch
    {
        SelectorStepKind.AnyElement => new(SelectorStepKind.Index, Index: element),
        SelectorStepKind.AnyProperty => new(SelectorStepKind.Key, AnyName),
        _ => step,
    };

    private void List(Place place)
    {
        foreach (var child in place.Children.OrderBy(child => child.Step.Index))
        {
            child.Number = places.Count;
            places.Add(child);
            List(child);
        }

        // An element can only be there when those before it are.
        Place? earlier = null;
        foreach (var element in place.Children.Where(child => child.Step.Kind == SelectorStepKind.Index).OrderBy(child => child.Step.Index))
        {
            element.Earlier = earlier;
            earlier = element;
        }
    }

    private static void WriteMembers(Utf8JsonWriter writer, Place place, Choice[] chosen)
    {
        writer.WriteStartObject();
        foreach (var child in place.Children.Where(child => child.Step.Kind == SelectorStepKind.Key && chosen[child.Number].Kind is not null))
        {
            writer.WritePropertyName(child.Step.Key);
            WriteValue(writer, child, chosen);
        }

        writer.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter writer, Place place, Choice[] chosen)
    {
        var choice = chosen[place.Number];
        switch (choice.Kind)
        {
            case JsonValueKind.Object:
                WriteMembers(writer, place, chosen);
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                var count = 0;
                foreach (var element in place.Children.Where(child => child.Step.Kind == SelectorStepKind.Index && chosen[child.Number].Kind is not null).OrderBy(child => child.Step.Index))
                {
                    for (; count < element.Step.Index; count++)
                    {
                        writer.WriteNullValue();
                    }

                    WriteValue(writer, element, chosen);
                    count++;
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(choice.Text);
                break;
            case JsonValueKind.Number:
                writer.WriteRawValue(choice.Text, skipInputValidation: true);
                break;
            case JsonValueKind.True or JsonValueKind.False:
                writer.WriteBooleanValue(choice.Kind == JsonValueKind.True);
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }

    /// <summary>A place in events that a selector leads to or over.</summary>
    private sealed class Place(Place? parent, SelectorStep step)
    {
        // Elements far behind would make events without end.
        public const int FarthestElement = 1000;

        public Place? Parent { get; } = parent;

        public Place Root => Parent?.Root ?? this;

        public SelectorStep Step { get; } = step;

        public List<Place> Children { get; } = [];

        public List<JsonCondition> Conditions { get; } = [];

        public List<Choice> Choices { get; } = [];

        public Choice Absent { get; private set; } = new(null);

        public int Number { get; set; } = -1;

        public Place? Earlier { get; set; }

        public Place Follow(SelectorStep next)
        {
            if (Children.Find(child => child.Step == next) is { } found)
            {
                return found;
            }

            var child = new Place(this, next);
            Children.Add(child);
            return child;
        }

        public bool TryMakeChoices(StepBudget budget)
        {
            Absent = Judge(new(null));
            Choices.Add(Absent);
            if (Step.Index > FarthestElement)
            {
                return false;
            }

            if (Children.Exists(child => child.Step.Kind == SelectorStepKind.Key))
            {
                Choices.Add(Judge(new(JsonValueKind.Object)));
            }

            if (Children.Exists(child => child.Step.Kind == SelectorStepKind.Index))
            {
                Choices.Add(Judge(new(JsonValueKind.Array)));
            }

            var comparisons = Conditions.OfType<ComparisonCondition>().ToList();
            var equalities = comparisons.Where(condition => !condition.Comparison.IsOrder()).Select(condition => condition.Operand).ToList();
            var numbers = comparisons.Select(condition => condition.Operand).OfType<NumberOperand>().Select(operand => operand.Number).ToList();
            var strings = ValueTest.Samples(equalities, [], null, budget, out var hasAllStrings);
            var written = ValueTest.Samples(equalities, numbers, new JsonNumberAutomaton(), budget, out var hasAllNumbers);
            var texts = strings.Select(text => new Choice(JsonValueKind.String, text));
            IEnumerable<Choice> others =
            [
                // A witness reads best with values such as the patterns name.
                .. numbers.Count > 0 ? [] : texts,
                .. written.Select(text => new Choice(JsonValueKind.Number, text)),
                .. texts,
                new(JsonValueKind.Null),
                new(JsonValueKind.True),
                new(JsonValueKind.False),
                new(JsonValueKind.Object),
                new(JsonValueKind.Array),
            ];

            // Of what makes the same of the conditions one is enough; but an element that is absent ends its array.
            var seen = Children.Count == 0 && Step.Kind == SelectorStepKind.Key ? new HashSet<string> { Key(Absent) } : [];
            Choices.AddRange(others.Select(Judge).Where(choice => seen.Add(Key(choice))));
            return hasAllStrings && hasAllNumbers;
        }

        private static string Key(Choice choice) => string.Concat(choice.Truths.Select(truth => truth.Holds ? '1' : '0'));

        private Choice Judge(Choice choice)
        {
            var utf8 = Encoding.UTF8.GetBytes(choice.Text);
            return choice with
            {
                Truths =
                [
                    .. Conditions.Select(condition => ((PatternCondition)condition, condition is AbsenceCondition
                        ? choice.Kind is null
                        : choice.Kind is { } kind && condition.Accepts(kind, utf8))),
                ],
            };
        }
    }
}
