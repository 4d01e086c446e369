namespace LogDelivery.Policies;

/// <summary>
/// An ARN of an Arn* operator: each of the six parts between colons is matched by itself, and may hold wildcards.
/// Source: IAM user guide, reference_policies_elements_condition_operators, "Amazon Resource Name (ARN) condition operators".
/// </summary>
internal sealed class ArnPattern
{
    private readonly Pattern[] parts;
    private readonly bool matchesAll;

    public ArnPattern(Pattern pattern)
    {
        parts = [.. CutAtColons(pattern.Parts).Select(p => Pattern.FromParts(pattern.Text, p))];

        // A lone * is no ARN, yet AWS's own examples use it for any.
        matchesAll = pattern.Parts is [{ Kind: PatternPartKind.AnyRun }];
    }

    public bool IsMatch(ReadOnlySpan<char> value)
    {
        if (matchesAll)
        {
            return true;
        }

        if (parts.Length != Arn.PartCount)
        {
            return false;
        }

        for (var i = 0; i < Arn.PartCount - 1; i++)
        {
            var colon = value.IndexOf(':');
            if (colon < 0 || !parts[i].IsMatch(value[..colon]))
            {
                return false;
            }

            value = value[(colon + 1)..];
        }

        return parts[^1].IsMatch(value);
    }

    /// <summary>Splits a pattern at its first five colons.</summary>
    public static List<List<PatternPart>> CutAtColons(IReadOnlyList<PatternPart> pattern)
    {
        var pieces = new List<List<PatternPart>> { new() };
        foreach (var part in pattern)
        {
            if (part.Kind != PatternPartKind.Literal)
            {
                pieces[^1].Add(part);
                continue;
            }

            var rest = part.Text;
            while (pieces.Count < Arn.PartCount && rest.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon)
            {
                if (colon > 0)
                {
                    pieces[^1].Add(new(PatternPartKind.Literal, rest[..colon]));
                }

                pieces.Add([]);
                rest = rest[(colon + 1)..];
            }

            if (rest.Length > 0)
            {
                pieces[^1].Add(new(PatternPartKind.Literal, rest));
            }
        }

        return pieces;
    }
}
