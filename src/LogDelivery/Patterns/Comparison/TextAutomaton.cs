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

    /// <summary>Characters that the test tells from all others.</summary>
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

/// <summary>Whether pieces stand in a text one after another, each at the first place after the one before: terms and wildcards.</summary>
/// <param name="first">What the text must begin with.</param>
/// <param name="inner">What must follow, with anything between.</param>
/// <param name="last">What the text must end with, at the first place where it stands; empty when anything may follow.</param>
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
