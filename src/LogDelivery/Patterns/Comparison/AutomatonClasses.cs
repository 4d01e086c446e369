using System.Text;

namespace LogDelivery.Patterns.Comparison;

/// <summary>Divides all texts into classes by the tests that they pass, with one text for each class, by running all automata together.</summary>
internal static class AutomatonClasses
{
    // Readable characters first: they become the witness.
    private static readonly Rune[] Preferred =
        [.. "xyabc0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZdefghijklmnopqrstuvwz-_. :/,;=+@#!?&'()*<>|~^$%{}[]\"\\`\t\n\r".EnumerateRunes()];

    /// <summary>Runs the automata.</summary>
    /// <param name="tests">The tests.</param>
    /// <param name="language">The texts to consider; null for all.</param>
    /// <param name="budget">The steps left.</param>
    /// <param name="classes">Takes a text for each set of tests that a text can pass.</param>
    /// <returns>Whether all texts were considered.</returns>
    public static bool TryEnumerate(IReadOnlyList<TextAutomaton> tests, TextAutomaton? language, StepBudget budget, Dictionary<string, string> classes)
    {
        var automata = language is null ? tests : [.. tests, language];
        var alphabet = Alphabet(automata);
        var start = new int[automata.Count];
        var seen = new HashSet<string>(StringComparer.Ordinal) { Key(start) };
        var queue = new Queue<(int[] State, string Text)>();
        queue.Enqueue((start, ""));
        while (queue.TryDequeue(out var item))
        {
            if (language is null || language.Accepts(item.State[^1]))
            {
                classes.TryAdd(string.Concat(tests.Select((test, i) => test.Accepts(item.State[i]) ? '1' : '0')), item.Text);
            }

            foreach (var character in alphabet)
            {
                if (!budget.TrySpend(automata.Count))
                {
                    return false;
                }

                var next = new int[automata.Count];
                for (var i = 0; i < next.Length; i++)
                {
                    next[i] = automata[i].Next(item.State[i], character);
                }

                if (seen.Add(Key(next)))
                {
                    queue.Enqueue((next, item.Text + character));
                }
            }
        }

        return true;
    }

    /// <summary>One character of each class that the tests can distinguish.</summary>
    private static List<Rune> Alphabet(IReadOnlyList<TextAutomaton> automata)
    {
        var known = automata.SelectMany(automaton => automaton.Characters).ToHashSet();
        var other = Enumerable.Range(0xC0, 0x400).Select(code => new Rune(code)).First(rune => !known.Contains(rune));
        return [.. Preferred.Concat(Enumerable.Range(0, 0x80).Select(code => new Rune(code))).Concat(known).Append(other)
            .Distinct()
            .DistinctBy(rune => string.Join('|', automata.Select(automaton => automaton.Signature(rune))))];
    }

    private static string Key(int[] state) => string.Create(state.Length * 2, state, static (span, values) =>
    {
        for (var i = 0; i < values.Length; i++)
        {
            span[2 * i] = (char)(values[i] & 0xFFFF);
            span[(2 * i) + 1] = (char)(values[i] >> 16 & 0xFFFF);
        }
    });
}
