using System.Text;

namespace LogDelivery.Patterns.Comparison;

/// <summary>Whether a regular expression of a pattern fits a part of a text: its places as sets, made as they are reached.</summary>
internal sealed class RegexAutomaton : TextAutomaton
{
    private readonly List<RegexUnit[]> alternatives = [];
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    private readonly List<State> states = [];
    private readonly List<CharacterSet> sets = [];

    public RegexAutomaton(PatternRegex regex)
    {
        foreach (var pieces in regex.Alternatives)
        {
            alternatives.Add([.. pieces.SelectMany(WriteOut)]);
        }

        Number(Begin(atStart: true), atStart: true);
    }

    private enum RegexUnitKind
    {
        Start,
        End,
        One,
        Optional,
        Many,
    }

    public override IEnumerable<Rune> Characters => [];

    public override int Next(int state, Rune character)
    {
        if (states[state].IsFound)
        {
            return state;
        }

        var c = character.Value < 0x80 ? (char)character.Value : '\u0080';
        var next = Begin(atStart: false);
        foreach (var (alternative, place) in states[state].Places)
        {
            var unit = alternatives[alternative][place];
            if (unit.Set?.Contains(c) == true)
            {
                Reach(alternative, unit.Kind == RegexUnitKind.Many ? place : place + 1, atStart: false, atEnd: false, next);
            }
        }

        return Number(next, atStart: false);
    }

    public override bool Accepts(int state)
    {
        if (states[state].IsFound)
        {
            return true;
        }

        var ended = new HashSet<(int, int)>();
        foreach (var (alternative, place) in states[state].Places)
        {
            Reach(alternative, place, states[state].AtStart, atEnd: true, ended);
        }

        return ended.Contains((-1, -1));
    }

    public override string Signature(Rune character)
        => string.Concat(sets.Select(set => set.Contains(character.Value < 0x80 ? (char)character.Value : '\u0080') ? '1' : '0'));

    private IEnumerable<RegexUnit> WriteOut(RegexPiece piece)
    {
        if (piece.Kind != RegexPieceKind.Set)
        {
            return [new(piece.Kind == RegexPieceKind.Start ? RegexUnitKind.Start : RegexUnitKind.End, null)];
        }

        sets.Add(piece.Set!);
        var required = Enumerable.Repeat(new RegexUnit(RegexUnitKind.One, piece.Set), piece.Minimum);
        return piece.Maximum is { } maximum
            ? required.Concat(Enumerable.Repeat(new RegexUnit(RegexUnitKind.Optional, piece.Set), maximum - piece.Minimum))
            : required.Append(new(RegexUnitKind.Many, piece.Set));
    }

    /// <summary>A match can begin anywhere.</summary>
    private HashSet<(int Alternative, int Place)> Begin(bool atStart)
    {
        var places = new HashSet<(int, int)>();
        for (var i = 0; i < alternatives.Count; i++)
        {
            Reach(i, 0, atStart, atEnd: false, places);
        }

        return places;
    }

    // (-1, -1) stands for the end of an alternative.
    private void Reach(int alternative, int place, bool atStart, bool atEnd, HashSet<(int Alternative, int Place)> places)
    {
        var units = alternatives[alternative];
        for (; place < units.Length; place++)
        {
            if (!places.Add((alternative, place)))
            {
                return;
            }

            var passes = units[place].Kind switch
            {
                RegexUnitKind.Start => atStart,
                RegexUnitKind.End => atEnd,
                RegexUnitKind.One => false,
                _ => true,
            };
            if (!passes)
            {
                return;
            }
        }

        places.Add((-1, -1));
    }

    private int Number(HashSet<(int Alternative, int Place)> places, bool atStart)
    {
        // Once a part fits, what follows does not matter.
        var isFound = places.Contains((-1, -1));
        (int, int)[] sorted = isFound ? [] : [.. places.Order()];
        var key = $"{atStart}{isFound}{string.Join(';', sorted)}";
        if (!numbers.TryGetValue(key, out var number))
        {
            number = states.Count;
            numbers.Add(key, number);
            states.Add(new(sorted, atStart, isFound));
        }

        return number;
    }

    private sealed record State((int Alternative, int Place)[] Places, bool AtStart, bool IsFound);

    private readonly record struct RegexUnit(RegexUnitKind Kind, CharacterSet? Set);
}
