using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace LogDelivery.Patterns;

/// <summary>
/// A regular expression as filter patterns allow it, between <c>%</c> signs: its alphabet is checked, and it is matched in time linear in
/// the text.
/// </summary>
/// <remarks>
/// Letters, digits, blanks (as in AWS's own example) and <c>: _ # = @ / ; , -</c>; the operators <c>^ $ ? [ ] { } | \ * + .</c>;
/// <c>\d \D \s \S \w \W \xhh</c>; no parentheses, no bytes beyond ASCII. Source: CloudWatch Logs user guide, regex-expressions.
/// </remarks>
internal sealed class PatternRegex
{
    private const string Symbols = ":_#=@/;,- ";
    private const string Operators = "^$?[]{}|\\*+.";

    private readonly Regex regex;

    private PatternRegex(string source, IReadOnlyList<IReadOnlyList<RegexPiece>> alternatives)
    {
        Source = source;
        Alternatives = alternatives;
        regex = new(Translate(alternatives), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Singleline);
    }

    /// <summary>The text between the percent signs.</summary>
    public string Source { get; }

    /// <summary>The alternatives between <c>|</c>, each a row of pieces.</summary>
    public IReadOnlyList<IReadOnlyList<RegexPiece>> Alternatives { get; }

    public bool IsMatch(ReadOnlySpan<char> text) => regex.IsMatch(text);

    public bool IsMatch(ReadOnlySpan<byte> utf8)
    {
        var buffer = ArrayPool<char>.Shared.Rent(utf8.Length);
        var length = Encoding.UTF8.GetChars(utf8, buffer);
        var result = regex.IsMatch(buffer.AsSpan(0, length));
        ArrayPool<char>.Shared.Return(buffer);
        return result;
    }

    /// <summary>Parses from the first percent sign to the one that closes it.</summary>
    public static PatternRegex Parse(PatternReader reader)
    {
        var open = reader.Position++;
        var alternatives = new List<IReadOnlyList<RegexPiece>>();
        var pieces = new List<RegexPiece>();
        long size = 0;
        while (true)
        {
            if (reader.AtEnd)
            {
                throw reader.Error(open, "the regular expression that begins here has no closing '%'.");
            }

            if (reader.Current == '%')
            {
                break;
            }

            if (reader.Current == '|')
            {
                reader.Position++;
                alternatives.Add(pieces);
                pieces = [];
                continue;
            }

            var piece = ParsePiece(reader);
            size += Math.Max(1, piece.Maximum ?? Math.Max(1, piece.Minimum));
            if (size > PatternLimits.WrittenOutRegularExpression)
            {
                throw reader.Error(open, $"the regular expression that begins here is too large once its repetitions are written out: {PatternLimits.WrittenOutRegularExpression} characters at most.");
            }

            pieces.Add(piece);
        }

        alternatives.Add(pieces);
        var source = reader.Text[(open + 1)..reader.Position];
        if (source.Length == 0)
        {
            throw reader.Error(open, "a regular expression between '%' signs was expected, and nothing stands between them.");
        }

        reader.Position++;
        return new(source, alternatives);
    }

    private static RegexPiece ParsePiece(PatternReader reader)
    {
        var start = reader.Position;
        var c = reader.Current;
        RegexPiece piece;
        switch (c)
        {
            case '^':
                reader.Position++;
                piece = new(RegexPieceKind.Start);
                break;
            case '$':
                reader.Position++;
                piece = new(RegexPieceKind.End);
                break;
            case '.':
                reader.Position++;
                piece = new(RegexPieceKind.Set, CharacterSet.Everything);
                break;
            case '[':
                piece = new(RegexPieceKind.Set, ParseClass(reader));
                break;
            case '\\':
                piece = new(RegexPieceKind.Set, ParseEscape(reader));
                break;
            case '*' or '+' or '?' or '{':
                throw reader.Error($"'{c}' repeats what stands before it, and nothing that can be repeated stands there; a literal '{c}' is '\\{c}'.");
            default:
                RequireLiteral(reader);
                reader.Position++;
                piece = new(RegexPieceKind.Set, CharacterSet.Of(c));
                break;
        }

        return ParseRepetition(reader, piece, start);
    }

    private static RegexPiece ParseRepetition(PatternReader reader, RegexPiece piece, int start)
    {
        var place = reader.Position;
        switch (reader.Current)
        {
            case '*':
                piece = piece with { Minimum = 0, Maximum = null };
                break;
            case '+':
                piece = piece with { Minimum = 1, Maximum = null };
                break;
            case '?':
                piece = piece with { Minimum = 0, Maximum = 1 };
                break;
            case '{':
                piece = ParseCount(reader, piece);
                break;
            default:
                return piece;
        }

        if (piece.Kind != RegexPieceKind.Set)
        {
            throw reader.Error(start, $"'{reader.Text[start]}' cannot be repeated.");
        }

        reader.Position++;
        if (reader.Current == '?')
        {
            // Fewest first or most first: whether there is a match is the same.
            reader.Position++;
        }

        return reader.Current is '*' or '+' or '?' or '{'
            ? throw reader.Error($"'{reader.Current}' repeats a repetition (column {place + 1}); a character or a class was expected before it.")
            : piece;
    }

    private static RegexPiece ParseCount(PatternReader reader, RegexPiece piece)
    {
        var open = reader.Position;
        var close = reader.Text.IndexOf('}', open);
        if (close < 0)
        {
            throw reader.Error("'{' opens a count such as {2}, {2,}, {,5} or {2,5}, and no '}' closes it; a literal '{' is '\\{'.");
        }

        var parts = reader.Text[(open + 1)..close].Split(',');
        var minimum = 0;
        int? maximum = null;
        if (parts.Length > 2
            || parts.All(part => part.Length == 0)
            || (parts[0].Length > 0 && !TryCount(parts[0], out minimum))
            || (parts.Length == 2 && parts[1].Length > 0 && !TryCount(parts[1], out maximum)))
        {
            throw reader.Error("a count such as {2}, {2,}, {,5} or {2,5} was expected, without blanks; a literal '{' is '\\{'.");
        }

        maximum = parts.Length == 1 ? minimum : maximum;
        if (maximum < minimum)
        {
            throw reader.Error($"the count's maximum {maximum} is less than its minimum {minimum}.");
        }

        reader.Position = close;
        return piece with { Minimum = minimum, Maximum = maximum };
    }

    private static bool TryCount(string text, out int? count)
    {
        var good = TryCount(text, out int value);
        count = value;
        return good;
    }

    private static bool TryCount(string text, out int count)
        => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count);

    private static void RequireLiteral(PatternReader reader)
    {
        var c = reader.Current;
        if (char.IsAsciiLetterOrDigit(c) || Symbols.Contains(c, StringComparison.Ordinal) || c is ']' or '}')
        {
            return;
        }

        throw c is '(' or ')'
            ? reader.Error($"'{c}' stands in a regular expression, and parentheses are not supported there; a literal one is \\x{(int)c:X2}.")
            : c < 0x80
                ? reader.Error($"{reader.Found()} in a regular expression, where a letter, a digit, one of : _ # = @ / ; , - or an operator was expected; \\x{(int)c:X2} stands for it.")
                : reader.Error($"{reader.Found()} in a regular expression, which may hold ASCII characters only.");
    }

    private static CharacterSet ParseEscape(PatternReader reader)
    {
        var c = reader.Next;
        switch (c)
        {
            case 'd' or 'D' or 's' or 'S' or 'w' or 'W':
                reader.Position += 2;
                return CharacterSet.Class(c);
            case 'x':
                var hex = reader.Text.AsSpan(reader.Position + 2, Math.Min(2, reader.Text.Length - reader.Position - 2));
                if (hex.Length < 2 || !byte.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) || code > 0x7F)
                {
                    throw reader.Error("two hexadecimal digits of an ASCII character, 00 to 7F, were expected after '\\x'.");
                }

                reader.Position += 4;
                return CharacterSet.Of((char)code);
            default:
                if (c == '\0' || !(Operators.Contains(c, StringComparison.Ordinal) || (Symbols.Contains(c, StringComparison.Ordinal) && c != ' ')))
                {
                    var advice = c is > ' ' and < '\x7F' && !char.IsAsciiLetterOrDigit(c) ? $"; \\x{(int)c:X2} stands for '{c}'" : "";
                    throw reader.Error($"an operator, or one of d D s S w W and xhh, was expected after '\\'{advice}.");
                }

                reader.Position += 2;
                return CharacterSet.Of(c);
        }
    }

    private static CharacterSet ParseClass(PatternReader reader)
    {
        var open = reader.Position++;
        var negated = reader.Take("^");
        var set = new CharacterSet.Builder();
        while (reader.Current != ']')
        {
            if (reader.AtEnd || reader.Current == '%')
            {
                throw reader.Error(open, "'[' opens a character class, and no ']' closes it; a literal '[' is '\\['.");
            }

            var place = reader.Position;
            var low = ParseClassMember(reader);
            if (reader.Current != '-' || reader.Next is ']' or '%' or '\0')
            {
                set.Add(low);
                continue;
            }

            reader.Position++;
            var high = ParseClassMember(reader);
            if (low.Single is not { } from || high.Single is not { } to || to < from)
            {
                throw reader.Error(place, $"'{reader.Text.AsSpan(place, reader.Position - place)}' is not a range from a character to a later one.");
            }

            set.Add(from, to);
        }

        reader.Position++;
        return set.IsEmpty
            ? throw reader.Error(open, "the character class names no character.")
            : set.Build(negated);
    }

    private static CharacterSet ParseClassMember(PatternReader reader)
    {
        if (reader.Current == '\\')
        {
            return ParseEscape(reader);
        }

        var c = reader.Current;
        if (c == '[')
        {
            throw reader.Error("'[' stands in a character class; a literal one is '\\['.");
        }

        if (!Operators.Contains(c, StringComparison.Ordinal))
        {
            RequireLiteral(reader);
        }

        reader.Position++;
        return CharacterSet.Of(c);
    }

    private static string Translate(IReadOnlyList<IReadOnlyList<RegexPiece>> alternatives)
    {
        var result = new StringBuilder();
        foreach (var pieces in alternatives)
        {
            if (!ReferenceEquals(pieces, alternatives[0]))
            {
                result.Append('|');
            }

            foreach (var piece in pieces)
            {
                result.Append(piece.Kind switch
                {
                    RegexPieceKind.Start => @"\A",
                    RegexPieceKind.End => @"\z",
                    _ => piece.Set!.ToRegex(),
                });
                if (piece is not { Minimum: 1, Maximum: 1 })
                {
                    result.Append(CultureInfo.InvariantCulture, $"{{{piece.Minimum},{piece.Maximum}}}");
                }
            }
        }

        return result.ToString();
    }
}
