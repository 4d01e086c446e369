using System.Globalization;
using System.Numerics;
using System.Text;

namespace LogDelivery.Patterns.Comparison;

/// <summary>Finds a text for every combination of results that the comparisons on one value can have.</summary>
internal static class ValueTest
{
    /// <summary>Finds texts.</summary>
    /// <param name="operands">The operands that the value is compared with.</param>
    /// <param name="numbers">The operands that numbers are compared with by value; empty when all values are texts.</param>
    /// <param name="language">The texts to consider.</param>
    /// <param name="budget">The steps left.</param>
    /// <param name="isComplete">Whether every answer is there that any text can bring about.</param>
    public static IReadOnlyCollection<string> Samples(
        IEnumerable<Operand> operands,
        IEnumerable<DecimalNumber> numbers,
        TextAutomaton? language,
        StepBudget budget,
        out bool isComplete)
    {
        var tests = operands.Select(Automaton).ToList();
        var classes = new Dictionary<string, string>(StringComparer.Ordinal);
        isComplete = AutomatonClasses.TryEnumerate(tests, language, budget, classes);
        var samples = new HashSet<string>(classes.Values, StringComparer.Ordinal);
        var thresholds = numbers.Select(number => number.ToExact()).ToList();
        if (thresholds.Count > 0)
        {
            samples.UnionWith(Between(thresholds, out var isExact).Where(text => Passes(language, text)));

            // A number next to a wildcard or regular expression: which of them its text fits is not followed.
            isComplete &= isExact && operands.All(operand => operand is TextOperand or NumberOperand);
        }

        foreach (var operand in operands)
        {
            if (operand is NumberOperand or TextOperand && Text(operand) is var text && Passes(language, text))
            {
                samples.Add(text);
            }
        }

        return samples;
    }

    public static TextAutomaton Automaton(Operand operand) => operand switch
    {
        WildcardOperand { Pattern: var wildcard } => new PiecesAutomaton(wildcard.First, wildcard.Inner, wildcard.Last),
        RegexOperand { Regex: var regex } => new RegexAutomaton(regex),
        _ => new EqualAutomaton(Text(operand)),
    };

    private static string Text(Operand operand) => operand is NumberOperand number ? number.Text : ((TextOperand)operand).Text;

    private static bool Passes(TextAutomaton? language, string text)
    {
        var state = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            state = language?.Next(state, rune) ?? 0;
        }

        return language?.Accepts(state) != false;
    }

    /// <summary>Numbers at, below, above and between the thresholds, each written in ways that no operand can all name.</summary>
    private static List<string> Between(List<(BigInteger Digits, int Scale)?> thresholds, out bool isExact)
    {
        isExact = thresholds.TrueForAll(threshold => threshold is not null);
        var scale = thresholds.Max(threshold => threshold?.Scale ?? 0) + 2;
        var values = thresholds.Where(threshold => threshold is not null)
            .Select(threshold => threshold!.Value.Digits * BigInteger.Pow(10, scale - threshold.Value.Scale))
            .Distinct().Order().ToList();
        var texts = new List<string>();
        for (var i = 0; i < values.Count; i++)
        {
            Add(values[i]);
            Add(i + 1 < values.Count ? (values[i] + values[i + 1]) / 2 : values[i] + BigInteger.Pow(10, scale));
        }

        if (values.Count > 0)
        {
            Add(values[0] - BigInteger.Pow(10, scale));
        }

        return texts;

        void Add(BigInteger value)
        {
            var digits = BigInteger.Abs(value).ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
            var text = new StringBuilder(value.Sign < 0 ? "-" : "").Append(digits, 0, digits.Length - scale).Append('.').Append(digits, digits.Length - scale, scale).ToString();
            texts.Add(text.TrimEnd('0').TrimEnd('.'));
            texts.Add(text);
            texts.Add(text + "00");
            texts.Add(text + "e0");
        }
    }
}
