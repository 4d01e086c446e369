using System.Numerics;

namespace LogDelivery.Policies;

/// <summary>
/// Whether all, some or none of the texts of one pattern match another. Exact: both patterns are walked together, the
/// second as the set of positions that a match may be at.
/// </summary>
internal sealed class FormComparison
{
    // Any character that the second pattern does not name; they all meet the same wildcards.
    private const int Other = -1;

    // Patterns can be made for which the sets are very many. Nothing is claimed about those.
    private const int MaxSteps = 4096;

    private readonly FormUnit[] form;
    private readonly FormUnit[] pattern;
    private readonly BigInteger runs;
    private readonly BigInteger end;
    private readonly Dictionary<int, (BigInteger Steps, BigInteger Stays)> moves = [];
    private readonly HashSet<(int, BigInteger)> seen = [];
    private readonly Stack<(int, BigInteger)> open = new();
    private readonly bool ignoreCase;

    private FormComparison(FormUnit[] form, FormUnit[] pattern, bool ignoreCase)
    {
        this.form = form;
        this.pattern = pattern;
        this.ignoreCase = ignoreCase;
        end = BigInteger.One << pattern.Length;
        runs = Places(u => u.Kind == PatternPartKind.AnyRun);
    }

    private enum Answer
    {
        None,
        Matches,
        Misses,
        Both,
    }

    /// <summary>Compares a form with a pattern; neither has variables.</summary>
    /// <param name="form">The form. When it is an ARN, its wildcards stay in their parts, as those of a pattern do.</param>
    /// <param name="pattern">The pattern.</param>
    /// <param name="byPart">Whether the pattern belongs to an Arn* operator.</param>
    /// <returns>True when every text of the form matches, False when none does, else Unknown.</returns>
    public static Truth Compare(Pattern form, Pattern pattern, bool byPart)
    {
        var formIsArn = form.Text.StartsWith("arn:", StringComparison.Ordinal) && CountColons(form) >= Arn.PartCount - 1;
        var isAny = pattern.Parts is [{ Kind: PatternPartKind.AnyRun }];
        if (byPart && !isAny && CountColons(pattern) < Arn.PartCount - 1)
        {
            return Truth.False;
        }

        var comparison = new FormComparison(Units(form, formIsArn), Units(pattern, byPart && !isAny), pattern.IgnoreCase);
        return comparison.Walk() switch
        {
            Answer.Matches => Truth.True,
            Answer.Misses => Truth.False,
            _ => Truth.Unknown,
        };
    }

    private Answer Walk()
    {
        var symbols = pattern.Where(u => u.Kind == PatternPartKind.Literal).Select(u => Fold(u.Character)).Append(':').Append(Other).Distinct().ToArray();
        var answer = Answer.None;
        Visit(0, Close(BigInteger.One));
        while (open.TryPop(out var place))
        {
            var (at, set) = place;
            if (set.IsZero || at == form.Length)
            {
                answer |= !set.IsZero && (set & end) == end ? Answer.Matches : Answer.Misses;
                if (answer == Answer.Both)
                {
                    return answer;
                }

                continue;
            }

            if (seen.Count > MaxSteps)
            {
                return Answer.Both;
            }

            var unit = form[at];
            if (unit.Kind == PatternPartKind.Literal)
            {
                Visit(at + 1, Step(set, Fold(unit.Character)));
                continue;
            }

            var isRun = unit.Kind == PatternPartKind.AnyRun;
            if (isRun)
            {
                Visit(at + 1, set);
            }

            foreach (var symbol in symbols)
            {
                if (unit.Meets(symbol))
                {
                    Visit(isRun ? at : at + 1, Step(set, symbol));
                }
            }
        }

        return answer;
    }

    private void Visit(int at, BigInteger set)
    {
        if (seen.Add((at, set)))
        {
            open.Push((at, set));
        }
    }

    private BigInteger Step(BigInteger set, int symbol)
    {
        if (!moves.TryGetValue(symbol, out var move))
        {
            move = MoveOn(symbol);
            moves.Add(symbol, move);
        }

        return Close(((set & move.Steps) << 1) | (set & move.Stays));
    }

    // Bit by bit in place: a number made anew for each bit would take memory by the square of the pattern.
    private BigInteger Places(Func<FormUnit, bool> holds)
    {
        var bits = new byte[(pattern.Length / 8) + 1];
        for (var i = 0; i < pattern.Length; i++)
        {
            bits[i / 8] |= (byte)(holds(pattern[i]) ? 1 << (i % 8) : 0);
        }

        return new(bits, isUnsigned: true);
    }

    private (BigInteger Steps, BigInteger Stays) MoveOn(int symbol) => (
        Places(u => u.Kind switch
        {
            PatternPartKind.AnyRun => false,
            PatternPartKind.Literal => Fold(u.Character) == symbol,
            _ => u.Meets(symbol),
        }),
        Places(u => u.Kind == PatternPartKind.AnyRun && u.Meets(symbol)));

    // A run may be empty, so that what stands behind it is reached as well.
    private BigInteger Close(BigInteger set)
    {
        while (true)
        {
            var closed = set | ((set & runs) << 1);
            if (closed == set)
            {
                return set;
            }

            set = closed;
        }
    }

    private int Fold(char c) => ignoreCase ? char.ToUpperInvariant(c) : c;

    private static int CountColons(Pattern pattern)
        => pattern.Parts.Sum(p => p.Kind == PatternPartKind.Literal ? p.Text.Count(c => c == ':') : 0);

    private static FormUnit[] Units(Pattern pattern, bool byPart)
    {
        var units = new List<FormUnit>();
        var colons = 0;
        foreach (var part in pattern.Parts)
        {
            if (part.Kind != PatternPartKind.Literal)
            {
                units.Add(new(part.Kind, '*', byPart && colons < Arn.PartCount - 1));
                continue;
            }

            foreach (var c in part.Text)
            {
                colons += c == ':' ? 1 : 0;
                units.Add(new(PatternPartKind.Literal, c, false));
            }
        }

        return [.. units];
    }

    /// <summary>One character of a pattern, or one wildcard.</summary>
    private readonly record struct FormUnit(PatternPartKind Kind, char Character, bool StopsAtColon)
    {
        public bool Meets(int symbol) => symbol != ':' || !StopsAtColon;
    }
}
