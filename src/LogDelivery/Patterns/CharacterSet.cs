using System.Globalization;
using System.Text;

namespace LogDelivery.Patterns;

/// <summary>The characters that one place of a regular expression takes: which of ASCII, and whether all others too.</summary>
internal sealed class CharacterSet
{
    private readonly UInt128 ascii;

    private CharacterSet(UInt128 ascii, bool others)
    {
        this.ascii = ascii;
        HasOthers = others;
    }

    public static CharacterSet Everything { get; } = new(UInt128.MaxValue, true);

    /// <summary>Whether every character beyond ASCII belongs to the set; else none does.</summary>
    public bool HasOthers { get; }

    /// <summary>The character if it is just one.</summary>
    public char? Single => !HasOthers && UInt128.PopCount(ascii) == UInt128.One ? (char)(int)UInt128.TrailingZeroCount(ascii) : null;

    public static CharacterSet Of(char c) => new(UInt128.One << c, false);

    /// <summary><c>\d</c>, <c>\s</c>, <c>\w</c> and, in upper case, all but those.</summary>
    public static CharacterSet Class(char letter)
    {
        var set = new Builder();
        switch (char.ToLowerInvariant(letter))
        {
            case 'd':
                set.Add('0', '9');
                break;
            case 'w':
                set.Add('0', '9');
                set.Add('A', 'Z');
                set.Add('a', 'z');
                set.Add('_', '_');
                break;
            default:
                set.Add('\t', '\r');
                set.Add(' ', ' ');
                break;
        }

        return set.Build(char.IsAsciiLetterUpper(letter));
    }

    /// <summary>Whether the ASCII character belongs to the set.</summary>
    public bool Contains(char c) => c < 0x80 ? (ascii >> c & UInt128.One) != UInt128.Zero : HasOthers;

    /// <summary>The set in the words of .NET's regular expressions; a pair of surrogates is one character.</summary>
    public string ToRegex()
    {
        var ranges = new StringBuilder();
        for (var c = 0; c < 0x80; c++)
        {
            if (!Contains((char)c))
            {
                continue;
            }

            var last = c;
            while (last + 1 < 0x80 && Contains((char)(last + 1)))
            {
                last++;
            }

            ranges.Append(CultureInfo.InvariantCulture, $"\\x{c:X2}-\\x{last:X2}");
            c = last;
        }

        return HasOthers
            ? $@"(?:[{ranges}\x80-\uD7FF\uE000-\uFFFF]|[\uD800-\uDBFF][\uDC00-\uDFFF])"
            : $"[{ranges}]";
    }

    /// <summary>Collects members.</summary>
    public sealed class Builder
    {
        private UInt128 ascii;
        private bool others;

        public bool IsEmpty => ascii == UInt128.Zero && !others;

        public void Add(char from, char to)
        {
            for (var c = from; c <= to; c++)
            {
                ascii |= UInt128.One << c;
            }
        }

        public void Add(CharacterSet set)
        {
            ascii |= set.ascii;
            others |= set.HasOthers;
        }

        public CharacterSet Build(bool negated) => negated ? new(~ascii, !others) : new(ascii, others);
    }
}
