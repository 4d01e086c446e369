using System.Globalization;
using LogDelivery.Policies;

namespace LogDelivery.Comparison;

/// <summary>Finds one value of a context key for every class of values that conditions can distinguish.</summary>
internal static class KeyClasses
{
    // All subsets up to here, pairs beyond: the quantifiers ask of a set only which classes of values it holds.
    private const int MaxClassesForSubsets = 8;

    /// <summary>Finds the values.</summary>
    /// <param name="conditions">Every condition on the key.</param>
    /// <param name="context">Gives policy variables in the conditions their values.</param>
    /// <param name="extra">Values to try as well.</param>
    /// <param name="search">Is told when some class may be missing.</param>
    public static List<ContextValue> Find(
        IReadOnlyList<Condition> conditions, IReadOnlyList<RequestContext> context, IEnumerable<string> extra, ClassSearch search)
    {
        var values = new List<string>(extra);
        var types = conditions.Select(c => c.Op.Type).Where(t => t != ConditionType.Null).Distinct().ToArray();

        // A key read both as text and as a number, say, has classes that neither reading finds alone.
        search.Require(types.Length <= 1 || types.All(t => t is ConditionType.Text or ConditionType.Arn));
        foreach (var byType in conditions.GroupBy(c => c.Op.Type))
        {
            var operands = byType.SelectMany(c => c.Operands.ToArray()).ToArray();
            switch (byType.Key)
            {
                case ConditionType.Null:
                    break;
                case ConditionType.Text or ConditionType.Arn or ConditionType.Bool:
                    break;
                case ConditionType.Numeric:
                    values.AddRange(NumbersAround(operands.Select(o => double.Parse(o.Text, CultureInfo.InvariantCulture)))
                        .Select(n => n.ToString("R", CultureInfo.InvariantCulture)));
                    break;
                case ConditionType.Date:
                    values.AddRange(DatesAround(operands.Select(o => PolicyDate.TryParse(o.Text, out var date) ? date : default))
                        .Select(d => d.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture)));
                    break;
                case ConditionType.IpAddress:
                    values.AddRange(Addresses(operands));
                    break;
                default:
                    values.AddRange(operands.Select(o => o.Text));
                    break;
            }
        }

        var atoms = TextAtoms(conditions, context).ToList();
        if (atoms.Count > 0 || values.Count == 0 || types.Contains(ConditionType.Binary))
        {
            values.AddRange(TextClasses.Find(atoms, TextAtom.Glob("?*"), search));
        }

        if (types.Contains(ConditionType.Bool))
        {
            values.AddRange(["true", "false"]);
        }

        // What no number, date or address is; and the empty text, which a policy variable takes for no value.
        values.AddRange(["x", string.Empty]);
        return Sets([.. values.Distinct(StringComparer.Ordinal)], conditions, context, search);
    }

    private static List<ContextValue> Sets(string[] values, IReadOnlyList<Condition> conditions, IReadOnlyList<RequestContext> contexts, ClassSearch search)
    {
        var sets = new List<ContextValue> { ContextValue.Absent };
        sets.AddRange(values.Select(v => ContextValue.Of(v)));
        if (conditions.All(c => c.Op.Quantifier == SetQuantifier.None))
        {
            return sets;
        }

        // In a set, values that the conditions do not distinguish count as one.
        var classes = values.DistinctBy(v => string.Concat(conditions.SelectMany(c => contexts.Select(x => IsNamed(c, v, x) ? '1' : '0')))).ToArray();
        if (classes.Length <= MaxClassesForSubsets)
        {
            for (var mask = 1; mask < 1 << classes.Length; mask++)
            {
                var subset = classes.Where((_, i) => (mask & (1 << i)) != 0).ToArray();
                if (subset.Length > 1)
                {
                    sets.Add(ContextValue.Of(subset));
                }
            }
        }
        else
        {
            search.Miss();
            for (var i = 0; i < classes.Length; i++)
            {
                sets.AddRange(classes.Skip(i + 1).Select(v => ContextValue.Of(classes[i], v)));
            }
        }

        return sets;
    }

    private static bool IsNamed(Condition condition, string value, RequestContext context)
    {
        foreach (var operand in condition.Operands)
        {
            if (operand.Matches(value, context) == Truth.True)
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<TextAtom> TextAtoms(IReadOnlyList<Condition> conditions, IReadOnlyList<RequestContext> contexts)
    {
        foreach (var condition in conditions)
        {
            foreach (var operand in condition.Operands.ToArray())
            {
                if (operand.Pattern is not { } pattern)
                {
                    continue;
                }

                foreach (var context in pattern.HasVariables ? contexts : contexts.Take(1))
                {
                    if (pattern.TryResolve(context, out var resolved) == Truth.True
                        && (condition.Op.Type == ConditionType.Arn ? TextAtom.OfArn(resolved!) : TextAtom.Of(resolved!)) is { } atom)
                    {
                        yield return atom;
                    }
                }
            }
        }
    }

    /// <summary>The numbers themselves, one between each two, and one beyond each end.</summary>
    private static IEnumerable<double> NumbersAround(IEnumerable<double> numbers)
    {
        var sorted = numbers.Distinct().Order().ToArray();
        for (var i = 0; i < sorted.Length; i++)
        {
            // Beyond 2^53 one more is the same number.
            yield return i == 0 ? Math.Min(sorted[0] - 1, Math.BitDecrement(sorted[0])) : (sorted[i - 1] / 2) + (sorted[i] / 2);
            yield return sorted[i];
        }

        if (sorted.Length > 0)
        {
            yield return Math.Max(sorted[^1] + 1, Math.BitIncrement(sorted[^1]));
        }
    }

    /// <summary>The dates themselves, one between each two, and one beyond each end.</summary>
    private static IEnumerable<DateTimeOffset> DatesAround(IEnumerable<DateTimeOffset> dates)
    {
        var sorted = dates.Select(d => d.UtcTicks).Distinct().Order().ToArray();
        for (var i = 0; i < sorted.Length; i++)
        {
            yield return At(i == 0 ? sorted[0] - TimeSpan.TicksPerSecond : sorted[i - 1] + ((sorted[i] - sorted[i - 1]) / 2));
            yield return At(sorted[i]);
        }

        if (sorted.Length > 0)
        {
            yield return At(sorted[^1] + TimeSpan.TicksPerSecond);
        }

        static DateTimeOffset At(long ticks) => new(Math.Clamp(ticks, 0, DateTime.MaxValue.Ticks), TimeSpan.Zero);
    }

    /// <summary>One address of every stretch between two borders of ranges, in both families.</summary>
    private static IEnumerable<string> Addresses(ConditionOperand[] operands)
    {
        var ranges = operands.Select(o => IpRange.TryParse(o.Text, out var range) ? range : default).ToArray();
        foreach (var isV6 in new[] { false, true })
        {
            var top = isV6 ? UInt128.MaxValue : uint.MaxValue;
            var borders = new SortedSet<UInt128> { 0 };
            foreach (var range in ranges.Where(r => r.IsV6 == isV6))
            {
                borders.Add(range.First);
                if (range.Last < top)
                {
                    borders.Add(range.Last + 1);
                }
            }

            foreach (var border in borders)
            {
                yield return IpRange.Format(border, isV6);
            }
        }
    }
}
