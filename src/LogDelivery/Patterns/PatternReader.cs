namespace LogDelivery.Patterns;

/// <summary>A place in the text of a pattern while it is parsed.</summary>
internal sealed class PatternReader(string text)
{
    public string Text { get; } = text;

    public int Position { get; set; }

    public bool AtEnd => Position >= Text.Length;

    /// <summary>The character here, or NUL at the end.</summary>
    public char Current => AtEnd ? '\0' : Text[Position];

    public char Next => Position + 1 < Text.Length ? Text[Position + 1] : '\0';

    public static bool IsBlank(char c) => c is ' ' or '\t' or '\r' or '\n';

    public void SkipBlanks()
    {
        while (!AtEnd && IsBlank(Text[Position]))
        {
            Position++;
        }
    }

    /// <summary>Reads the text if it is at the current position.</summary>
    public bool Take(string expected)
    {
        if (string.CompareOrdinal(Text, Position, expected, 0, expected.Length) != 0)
        {
            return false;
        }

        Position += expected.Length;
        return true;
    }

    /// <summary>Reads a word if exactly that word is at the current position.</summary>
    public bool TakeWord(string word)
    {
        var after = Position + word.Length;
        if (string.CompareOrdinal(Text, Position, word, 0, word.Length) != 0
            || (after < Text.Length && (char.IsAsciiLetterOrDigit(Text[after]) || Text[after] is '_' or '-' or '.')))
        {
            return false;
        }

        Position = after;
        return true;
    }

    /// <summary>Describes the text at the current position for a message.</summary>
    public string Found() => Found(Position);

    public string Found(int position)
    {
        if (position >= Text.Length)
        {
            return "the pattern ends";
        }

        return char.IsHighSurrogate(Text[position]) && position + 1 < Text.Length
            ? $"'{Text.AsSpan(position, 2)}' stands"
            : $"'{Text[position]}' stands";
    }

    public FilterPatternException Error(string problem) => Error(Position, problem);

    public FilterPatternException Error(int position, string problem) => new(Text, position + 1, problem);

    /// <summary>The error that something else was expected here.</summary>
    public FilterPatternException Expected(string what) => Error($"{Found()} where {what} was expected.");
}
