using System.Text;

namespace LogDelivery.Patterns.Comparison;

/// <summary>
/// A test of a text as a deterministic automaton over characters, its states made as they are reached. State 0 is the start.
/// </summary>
internal abstract class TextAutomaton
{
    /// <summary>The state after one more character.</summary>
    public abstract int Next(int state, Rune character);

    /// <summary>Whether a text that ends in the state passes the test.</summary>
    public abstract bool Accepts(int state);

    /// <summary>The characters that the test distinguishes from all others.</summary>
    public abstract IEnumerable<Rune> Characters { get; }

    /// <summary>Gets the class of a character: the test treats all characters of one class alike.</summary>
    public abstract string Signature(Rune character);
}

/// <summary>Whether a text is exactly another.</summary>
internal sealed class EqualAutomaton(string text) : TextAutomaton
{
    private readonly Rune[] runes = [.. text.EnumerateRunes()];

    public override IEnumerable<Rune> Characters => runes;

    public override int Next(int state, Rune character)
        => state >= 0 && state < runes.Length && runes[state] == character ? state + 1 : -1;

    public override bool Accepts(int state) => state == runes.Length;

    public override string Signature(Rune character) => runes.Contains(character) ? character.ToString() : "";
}

/// <summary>Whether a text contains pieces in order, each at the first position after the previous one: terms and wildcards.</summary>
/// <param name="first">The text that it must begin with.</param>
/// <param name="inner">The texts that must follow, with any text between them.</param>
/// <param name="last">The text that it must end with, at the first position where that occurs; empty when any text may follow.</param>
internal sealed class PiecesAutomaton(string first, IEnumerable<string> inner, string last) : TextAutomaton
{
    private const int Dead = -1;

    private readonly Rune[] prefix = [.. first.EnumerateRunes()];
    private readonly Rune[][] pieces = [.. inner.Append(last).Where(piece => piece.Length > 0).Select(piece => piece.EnumerateRunes().ToArray())];
    private readonly bool isOpen = last.Length == 0;

    public override IEnumerable<Rune> Characters => prefix.Concat(pieces.SelectMany(piece => piece));

    // The states count the characters of the prefix and of the pieces found so far.
    public override int Next(int state, Rune character)
    {
        if (state == Dead)
        {
            return Dead;
        }

        if (state < prefix.Length)
        {
            return prefix[state] == character ? state + 1 : Dead;
        }

        var start = prefix.Length;
        foreach (var piece in pieces)
        {
            if (state < start + piece.Length)
            {
                return start + Advance(piece, state - start, character);
            }

            start += piece.Length;
        }

        // All was found: more may follow, or must not.
        return isOpen ? state : Dead;
    }

    public override bool Accepts(int state) => state == prefix.Length + pieces.Sum(piece => piece.Length);

    public override string Signature(Rune character) => Characters.Contains(character) ? character.ToString() : "";

    /// <summary>Gets the length of the longest prefix of the piece that the text ends with after one more character (Knuth, Morris, Pratt).</summary>
    private static int Advance(Rune[] piece, int matched, Rune character)
    {
        for (var length = matched; length >= 0; length--)
        {
            if (piece[length] == character && piece.AsSpan(0, length).SequenceEqual(piece.AsSpan(matched - length, length)))
            {
                return length + 1;
            }
        }

        return 0;
    }
}
