namespace LogDelivery.Policies;

/// <summary>A value of which only the form is known: a pattern with wildcards.</summary>
internal sealed class ValueForm
{
    // Stands for any one character.
    private const char Fresh = '\uFFFF';

    public ValueForm(string text)
    {
        Pattern = Pattern.Compile(text, wildcards: true, variables: false);
        CanBeEmpty = Pattern.IsMatch([]);
    }

    /// <summary>The form.</summary>
    public Pattern Pattern { get; }

    /// <summary>Whether the empty text is of the form.</summary>
    public bool CanBeEmpty { get; }

    /// <summary>Whether some text matches two patterns without variables.</summary>
    public static bool Overlap(Pattern first, Pattern second)
    {
        if (first.IsLiteral && second.IsLiteral)
        {
            return first.IsMatch(string.Concat(second.Parts.Select(p => p.Text)));
        }

        var ignoreCase = first.IgnoreCase || second.IgnoreCase;
        var left = Units(first);
        var right = Units(second);

        // Whether what is left of both can match one text: dynamic programming from the ends.
        var overlaps = new bool[left.Count + 1, right.Count + 1];
        for (var i = left.Count; i >= 0; i--)
        {
            for (var j = right.Count; j >= 0; j--)
            {
                overlaps[i, j] = (i < left.Count, j < right.Count) switch
                {
                    (false, false) => true,
                    (true, false) => left[i] is null && overlaps[i + 1, j],
                    (false, true) => right[j] is null && overlaps[i, j + 1],
                    _ when left[i] is null || right[j] is null => overlaps[i + 1, j] || overlaps[i, j + 1],
                    _ => Meets(left[i]!.Value, right[j]!.Value, ignoreCase) && overlaps[i + 1, j + 1],
                };
            }
        }

        return overlaps[0, 0];
    }

    public override string ToString() => Pattern.Text;

    // One unit per character; null is a run, Fresh any one character.
    private static List<char?> Units(Pattern pattern)
    {
        var units = new List<char?>();
        foreach (var part in pattern.Parts)
        {
            switch (part.Kind)
            {
                case PatternPartKind.AnyRun:
                    units.Add(null);
                    break;
                case PatternPartKind.AnyOne:
                    units.Add(Fresh);
                    break;
                default:
                    units.AddRange(part.Text.Select(c => (char?)c));
                    break;
            }
        }

        return units;
    }

    private static bool Meets(char left, char right, bool ignoreCase)
        => left == Fresh || right == Fresh || left == right || (ignoreCase && char.ToUpperInvariant(left) == char.ToUpperInvariant(right));
}
