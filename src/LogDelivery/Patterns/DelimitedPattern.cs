using System.Globalization;
using System.Text;

namespace LogDelivery.Patterns;

/// <summary>
/// A pattern in brackets: names and conditions for the fields of an event, in order. Without <c>...</c> the last one
/// matches the rest of the event; with it, the fields before it are counted from the start and those after it from the end.
/// </summary>
/// <remarks>
/// That a shorter pattern matches longer events follows from AWS's example <c>[w1=ERROR, w2]</c>, and that the last place
/// matches the rest from its note that such a place must follow the last condition. Source: CloudWatch Logs user guide,
/// matching-terms-space-delimited-log-events.
/// </remarks>
internal sealed class DelimitedPattern : PatternBody
{
    private readonly int ellipsis;
    private readonly int conditionCount;

    public DelimitedPattern(IReadOnlyList<DelimitedField> fields)
    {
        Fields = fields;
        ellipsis = -1;
        for (var i = 0; i < fields.Count; i++)
        {
            ellipsis = ReferenceEquals(fields[i], DelimitedField.Ellipsis) ? i : ellipsis;
            foreach (var condition in fields[i].Condition?.Conditions() ?? [])
            {
                condition.Number = conditionCount++;
            }
        }

        Raw = RawFilter.OfFields(fields.Select(field => field.Condition).OfType<Expression>());
    }

    public IReadOnlyList<DelimitedField> Fields { get; }

    /// <summary>The place of <c>...</c>, or -1.</summary>
    public int Ellipsis => ellipsis;

    /// <summary>The minimum number of fields of an event.</summary>
    public int MinimumFields => Fields.Count - (ellipsis >= 0 ? 1 : 0);

    public RawFilter Raw { get; }

    public override FilterPatternKind Kind => FilterPatternKind.Delimited;

    public override bool Matches(ReadOnlySpan<byte> utf8)
    {
        var parsed = new DelimitedEvent(utf8);
        if (parsed.Count < MinimumFields)
        {
            return false;
        }

        Span<bool> truths = stackalloc bool[conditionCount];
        for (var i = 0; i < Fields.Count; i++)
        {
            if (Fields[i].Condition is { } condition && !Holds(condition, Value(parsed, i), truths))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The values by <c>$name</c>, or <c>$1</c>, <c>$2</c> and so on for fields without a name, in the order of the event.</summary>
    public override IReadOnlyDictionary<string, string> Extract(ReadOnlySpan<byte> utf8)
    {
        var parsed = new DelimitedEvent(utf8);
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var place = 0; place < parsed.Count; place++)
        {
            var index = IndexAt(place, parsed.Count);
            if (index < 0)
            {
                values[Ordinal(place)] = Encoding.UTF8.GetString(parsed.Field(place));
                continue;
            }

            values[Fields[index].Name is { } name ? "$" + name : Ordinal(place)] = Encoding.UTF8.GetString(Value(parsed, index));
            if (IsRest(index, parsed.Count))
            {
                break;
            }
        }

        return values;
    }

    public override bool MayMatch(ReadOnlySpan<byte> utf8, bool mayHaveEscapes) => Raw.MayMatch(utf8, mayHaveEscapes);

    public override FilterExplanation Explain(ReadOnlySpan<byte> utf8)
    {
        var parsed = new DelimitedEvent(utf8);
        if (parsed.Count < MinimumFields)
        {
            return FilterExplanation.Of(new FilterFailure(
                Write(compact: false),
                1,
                $"The event has {parsed.Count} {(parsed.Count == 1 ? "field" : "fields")}, and the pattern needs {MinimumFields}."));
        }

        var truths = new bool[conditionCount];
        for (var i = 0; i < Fields.Count; i++)
        {
            if (Fields[i].Condition is { } condition && Value(parsed, i) is var value && !Holds(condition, value, truths))
            {
                var text = Encoding.UTF8.GetString(value);
                var rest = IsRest(i, parsed.Count) ? $", for the last place stands for the rest of the event; the field alone is \"{Encoding.UTF8.GetString(parsed.Field(i))}\"" : "";
                return FilterExplanation.Of([.. FilterExplanation.Failing(condition, truths, _ => $"${Fields[i].Name} is \"{text}\"{rest}.")]);
            }
        }

        return FilterExplanation.Match;
    }

    public override string Write(bool compact) => $"[{string.Join(compact ? "," : ", ", Fields.Select(field => field.Write(compact)))}]";

    /// <summary>Gets the value for a position of the pattern in an event that has enough fields.</summary>
    public ReadOnlySpan<byte> Value(DelimitedEvent parsed, int index)
        => IsRest(index, parsed.Count)
            ? parsed.From(index)
            : parsed.Field(ellipsis >= 0 && index > ellipsis ? parsed.Count - (Fields.Count - index) : index);

    private static string Ordinal(int place) => string.Create(CultureInfo.InvariantCulture, $"${place + 1}");

    private static bool Holds(Expression condition, ReadOnlySpan<byte> value, Span<bool> truths)
    {
        foreach (var one in condition.Conditions())
        {
            truths[one.Number] = ((FieldCondition)one).Accepts(value);
        }

        return condition.Holds(truths);
    }

    // The last of the pattern's places, where the event goes on after it.
    private bool IsRest(int index, int count) => ellipsis < 0 && index == Fields.Count - 1 && count > Fields.Count;

    /// <summary>Gets the pattern's position for a field of the event; -1 when there is none or it is <c>...</c>.</summary>
    private int IndexAt(int place, int count)
    {
        if (Fields.Count == 0)
        {
            return -1;
        }

        if (ellipsis < 0 || place < ellipsis)
        {
            return place;
        }

        var fromEnd = Fields.Count - (count - place);
        return fromEnd > ellipsis ? fromEnd : -1;
    }
}
