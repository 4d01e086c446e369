using LogDelivery.Policies;

namespace LogDelivery.Comparison;

/// <summary>One text, or a set of texts, that a policy can distinguish from others: a pattern as a chain of units.</summary>
internal sealed class TextAtom
{
    private TextAtom(List<AtomUnit> units) => Units = units;

    public IReadOnlyList<AtomUnit> Units { get; }

    /// <summary>A pattern without variables, as string operators, actions and resources use it.</summary>
    public static TextAtom Of(Pattern pattern) => new(Chain(pattern.Parts, pattern.IgnoreCase, keepInPart: false));

    /// <summary>A pattern with wildcards.</summary>
    public static TextAtom Glob(string text, bool ignoreCase = false) => Of(Pattern.Compile(text, wildcards: true, variables: false, ignoreCase));

    /// <summary>A literal text.</summary>
    public static TextAtom Literal(string text) => Of(Pattern.Compile(text, wildcards: false, variables: false));

    /// <summary>A pattern of an Arn* operator: wildcards stay between two colons. Null when it matches nothing.</summary>
    public static TextAtom? OfArn(Pattern pattern)
    {
        if (pattern.Parts is [{ Kind: PatternPartKind.AnyRun }])
        {
            return Of(pattern);
        }

        var pieces = ArnPattern.CutAtColons(pattern.Parts);
        if (pieces.Count != Arn.PartCount)
        {
            return null;
        }

        var units = new List<AtomUnit>();
        for (var i = 0; i < pieces.Count; i++)
        {
            if (i > 0)
            {
                units.Add(new(AtomUnitKind.Character, ':', false, false));
            }

            units.AddRange(Chain(pieces[i], ignoreCase: false, keepInPart: i < pieces.Count - 1));
        }

        return new(units);
    }

    /// <summary>An ARN whose account matches a pattern.</summary>
    public static TextAtom OfAccount(Pattern account)
    {
        AtomUnit[] anyPart = [new(AtomUnitKind.AnyRun, default, false, NoColon: true), new(AtomUnitKind.Character, ':', false, false)];
        return new([.. Glob("arn:").Units, .. anyPart, .. anyPart, .. anyPart, .. Chain(account.Parts, account.IgnoreCase, keepInPart: true), .. Glob(":*").Units]);
    }

    /// <summary>A pattern of an ARN in which <c>{account}</c> stands for any twelve digits.</summary>
    public static TextAtom OfIdentity(string identity)
    {
        var parts = identity.Split("{account}");
        return new([.. Glob(parts[0]).Units, .. Enumerable.Repeat(new AtomUnit(AtomUnitKind.Digit, default, false, false), 12), .. Glob(parts[1]).Units]);
    }

    private static List<AtomUnit> Chain(IReadOnlyList<PatternPart> parts, bool ignoreCase, bool keepInPart)
    {
        var units = new List<AtomUnit>();
        foreach (var part in parts)
        {
            switch (part.Kind)
            {
                case PatternPartKind.AnyRun:
                    units.Add(new(AtomUnitKind.AnyRun, default, false, keepInPart));
                    break;
                case PatternPartKind.AnyOne:
                    units.Add(new(AtomUnitKind.AnyOne, default, false, keepInPart));
                    break;
                case PatternPartKind.Literal:
                    units.AddRange(part.Text.Select(c => new AtomUnit(AtomUnitKind.Character, c, ignoreCase, false)));
                    break;
                default:
                    throw new InvalidOperationException("Variables are replaced before patterns are compared.");
            }
        }

        return units;
    }

    internal enum AtomUnitKind
    {
        Character,
        AnyOne,
        AnyRun,
        Digit,
    }

    internal readonly record struct AtomUnit(AtomUnitKind Kind, char Character, bool IgnoreCase, bool NoColon)
    {
        public bool Takes(char c) => Kind switch
        {
            AtomUnitKind.Character => c == Character || (IgnoreCase && char.ToUpperInvariant(c) == char.ToUpperInvariant(Character)),
            AtomUnitKind.Digit => char.IsAsciiDigit(c),
            _ => !NoColon || c != ':',
        };
    }
}

/// <summary>
/// Finds one shortest text for every combination of patterns that some text can match at once. Every policy made of these
/// patterns treats two texts with the same combination alike, so the texts found represent all.
/// </summary>
/// <remarks>
/// All patterns run side by side as one automaton whose states are bit sets of positions; a breadth-first walk over its
/// reachable states meets every combination.
/// </remarks>
internal sealed class TextClasses
{
    // A walk this long means hundreds of entangled wildcards; the proof then says that it is not complete.
    private const int MaxStates = 60_000;

    // 128 MB of states: values of many thousand characters reach it long before there are many states.
    private const long MaxWords = 16_000_000;

    private readonly ulong[][] consume;
    private readonly ulong[][] stay;
    private readonly ulong[] runs;
    private readonly ulong[] finals;
    private readonly char[] alphabet;
    private readonly int words;
    private readonly ulong[] start;
    private readonly int universeFinal;

    private TextClasses(IReadOnlyList<TextAtom> atoms, TextAtom universe)
    {
        // The universe comes last; its final position says whether a text counts at all.
        TextAtom[] all = [.. atoms, universe];
        var bits = all.Sum(a => a.Units.Count + 1);
        words = (bits + 63) / 64;
        alphabet = FindAlphabet(all);
        consume = [.. alphabet.Select(_ => new ulong[words])];
        stay = [.. alphabet.Select(_ => new ulong[words])];
        runs = new ulong[words];
        finals = new ulong[words];
        start = new ulong[words];
        var bit = 0;
        foreach (var atom in all)
        {
            Set(start, bit);
            foreach (var unit in atom.Units)
            {
                if (unit.Kind == TextAtom.AtomUnitKind.AnyRun)
                {
                    Set(runs, bit);
                }

                for (var c = 0; c < alphabet.Length; c++)
                {
                    if (unit.Takes(alphabet[c]))
                    {
                        Set((unit.Kind == TextAtom.AtomUnitKind.AnyRun ? stay : consume)[c], bit);
                    }
                }

                bit++;
            }

            Set(finals, bit++);
        }

        universeFinal = bit - 1;
        SkipRuns(start);
    }

    /// <summary>Finds the texts.</summary>
    /// <param name="atoms">The patterns.</param>
    /// <param name="universe">Only texts that match this count.</param>
    /// <param name="search">Is told when the search was given up.</param>
    public static List<string> Find(IReadOnlyList<TextAtom> atoms, TextAtom universe, ClassSearch search)
        => new TextClasses(atoms, universe).Walk(search);

    private List<string> Walk(ClassSearch search)
    {
        var comparer = new WordsComparer();
        var known = new HashSet<ulong[]>(comparer) { start };

        // Most steps lead to states that are known: only a new one gets memory of its own.
        var next = new ulong[words];
        var states = new List<(ulong[] Bits, int Parent, char Character)> { (start, -1, default) };
        var seen = new HashSet<ulong[]>(comparer);
        var texts = new List<string>();
        for (var i = 0; i < states.Count; i++)
        {
            var bits = states[i].Bits;
            if (IsSet(bits, universeFinal) && seen.Add(Masked(bits)))
            {
                texts.Add(TextOf(states, i));
            }

            search.Check();
            if (states.Count > MaxStates || (long)states.Count * words > MaxWords || !search.TrySpend((long)alphabet.Length * words))
            {
                search.Miss();
                return texts;
            }

            for (var c = 0; c < alphabet.Length; c++)
            {
                if (Step(bits, c, next) && !known.Contains(next))
                {
                    var state = next.AsSpan().ToArray();
                    known.Add(state);
                    states.Add((state, i, alphabet[c]));
                }
            }
        }

        return texts;
    }

    // False when no pattern is possible any more.
    private bool Step(ulong[] bits, int c, ulong[] next)
    {
        var carry = 0UL;
        var any = 0UL;
        for (var w = 0; w < words; w++)
        {
            var moved = bits[w] & consume[c][w];
            next[w] = (moved << 1) | carry | (bits[w] & stay[c][w]);
            carry = moved >> 63;
            any |= next[w];
        }

        if (any == 0)
        {
            return false;
        }

        SkipRuns(next);
        return true;
    }

    // A run also matches nothing: being before it is being behind it.
    private void SkipRuns(ulong[] bits)
    {
        var carry = 0UL;
        for (var w = 0; w < words; w++)
        {
            var at = bits[w] & runs[w];
            bits[w] |= (at << 1) | carry;
            carry = at >> 63;
        }
    }

    private ulong[] Masked(ulong[] bits)
    {
        var masked = new ulong[words];
        for (var w = 0; w < words; w++)
        {
            masked[w] = bits[w] & finals[w];
        }

        return masked;
    }

    private static string TextOf(List<(ulong[] Bits, int Parent, char Character)> states, int index)
    {
        var text = new Stack<char>();
        for (var i = index; states[i].Parent >= 0; i = states[i].Parent)
        {
            text.Push(states[i].Character);
        }

        return new string([.. text]);
    }

    private static char[] FindAlphabet(TextAtom[] atoms)
    {
        var units = atoms.SelectMany(a => a.Units).Where(u => u.Kind == TextAtom.AtomUnitKind.Character).Distinct().ToArray();
        var characters = new SortedSet<char>(units.Where(u => !u.IgnoreCase).Select(u => u.Character)) { ':' };
        var cased = characters.ToHashSet();
        foreach (var unit in units.Where(u => u.IgnoreCase))
        {
            // Upper and lower case are two classes only when another pattern distinguishes them.
            char[] cases = [unit.Character, char.ToLowerInvariant(unit.Character), char.ToUpperInvariant(unit.Character)];
            if (Array.Exists(cases, cased.Contains))
            {
                characters.UnionWith(cases);
            }
            else if (!Array.Exists(cases, characters.Contains))
            {
                characters.Add(unit.Character);
            }
        }

        var asksForDigits = Array.Exists(atoms, a => a.Units.Any(u => u.Kind == TextAtom.AtomUnitKind.Digit));

        // All characters that no pattern names are alike: one represents all. It goes first, so that
        // witnesses say x where anything will do.
        const string Plain = "xzqwkj0987654321";
        bool IsFresh(char c) => c != ':' && !Array.Exists(units, u => u.Takes(c));
        var fresh = Plain.Concat(Enumerable.Range('\u00a1', char.MaxValue - '\u00a1').Select(c => (char)c)).First(c => IsFresh(c) && (!char.IsAsciiDigit(c) || !asksForDigits));
        if (!asksForDigits)
        {
            return [fresh, .. characters];
        }

        // Where digits are required, one digit represents all that no pattern names.
        var digit = "9876543210".FirstOrDefault(IsFresh);
        return digit == default ? [fresh, .. characters] : [fresh, digit, .. characters];
    }

    private static void Set(ulong[] bits, int index) => bits[index / 64] |= 1UL << (index % 64);

    private static bool IsSet(ulong[] bits, int index) => (bits[index / 64] & (1UL << (index % 64))) != 0;

    private sealed class WordsComparer : IEqualityComparer<ulong[]>
    {
        public bool Equals(ulong[]? x, ulong[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(ulong[] obj)
        {
            var hash = 14695981039346656037UL;
            foreach (var word in obj)
            {
                hash = (hash ^ word) * 1099511628211UL;
                hash ^= hash >> 29;
            }

            return (int)hash;
        }
    }
}
