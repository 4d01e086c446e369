using System.Text;

namespace LogDelivery.Fuzz.Tests;

/// <summary>
/// Damages inputs: bytes, stretches, tokens, and pieces of one in another. The same seed and corpus give the same input, so that
/// a seed is all that a report needs. Not FsCheck: it makes values of types, and what readers meet is damaged text, which has
/// none; and it cannot keep what reached new code.
/// </summary>
internal static class Mutator
{
    /// <summary>Longer inputs only take longer.</summary>
    public const int MaxLength = 64 * 1024;

    private const int MaxDepth = 3000;

    // Each stands for a way in which readers go wrong.
    private static readonly byte[][] Pieces =
    [
        .. new[]
        {
            // The structure of JSON, of lists and of lines.
            "{", "}", "[", "]", ":", ",", "\"", "\\", "{}", "[]", "[[]]", "[{}]", "{\"\":", "null", "true", "false", "\"\"", "\"*\"", "\n", "\r", "\r\n", "\n\n", "\r\n\r\n", "\t", " ", "\n---\n", "//", "/*", "#",
            "\"Records\"", "\"Version\":", "\"Statement\"", "\"data\":\"", "\"message\"", "\"logEvents\"", "\"Principal\"", "\"Condition\"", "${", "${*}", "!{", "!{timestamp:", "'", "''", "$.", "[*]", ".*", "%", "%%", "&&", "||", "!=", "arn:", "arn:aws:s3:::", "s3://", "..", "../", "/", "?", "*", "=", "-", "@", "+",

            // Numbers that do not fit.
            "0", "-0", "-1", "1e999", "-1e999", "1e-999", "0.1e308", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "18446744073709551616", "2147483648", "99999999999999999999999999999999999999999999", "0x7fffffff", "NaN", "Infinity", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.9999999Z", "2026-02-30T00:00:00Z", "+99:99",

            // What terminals obey.
            "\u001b", "\u001b[31m", "\u001b[2J", "\u001b]0;title\u0007", "\u001b]52;c;aGk=\u0007", "\u001bP", "\u009b", "\u0007", "\b", "\u007f", "\u0085", "\u200b", "\u200e", "\u202e", "\u2066", "\u2069", "\u2028", "\u2029", "\ufeff", "\u00ad", "\ufe0f", "\udb40\udc01", "\U000f0000",

            // Letters that change their length, and escapes of half a letter.
            "\u0130", "\u1e9e", "\ufb03", "e\u0301", "\U0001f4c4", "\\u0000", "\\u001b", "\\ud83d", "\\udcc4", "\\ud83d\\udcc4", "\\u202e", "\\u", "\\x", "\\/", "\0",
        }.Select(Encoding.UTF8.GetBytes),

        // What is no UTF-8: half a letter, half a pair, an overlong form; the marks of UTF-16; the beginning of gzip.
        [0xc3], [0xe2, 0x80], [0xed, 0xa0, 0xbd], [0xed, 0xb3, 0x84], [0xc0, 0x80], [0xff], [0x80], [0xff, 0xfe], [0xfe, 0xff], [0x1f, 0x8b, 8, 0],
    ];

    /// <summary>Makes an input of the corpus.</summary>
    /// <param name="corpus">Inputs to begin with; at least one.</param>
    /// <param name="seed">Says what is done to which of them.</param>
    public static byte[] Mutate(IReadOnlyList<byte[]> corpus, int seed)
    {
        var random = new Random(seed);
        var bytes = corpus[random.Next(corpus.Count)].ToList();
        for (var count = 1 << random.Next(4); count > 0; count--)
        {
            Change(bytes, corpus, random);
        }

        return bytes.Count <= MaxLength ? [.. bytes] : [.. bytes.Take(MaxLength)];
    }

    private static void Change(List<byte> bytes, IReadOnlyList<byte[]> corpus, Random random)
    {
        var place = random.Next(bytes.Count + 1);
        var (start, length) = Stretch(bytes.Count, random);
        switch (random.Next(12))
        {
            case 0 when place < bytes.Count:
                bytes[place] ^= (byte)(1 << random.Next(8));
                break;
            case 1 when place < bytes.Count:
                bytes[place] = (byte)random.Next(256);
                break;
            case 2:
                bytes.RemoveRange(start, length);
                break;
            case 3:
                bytes.InsertRange(place, bytes.GetRange(start, length));
                break;
            case 4 when random.Next(4) == 0:
                bytes.RemoveRange(place, bytes.Count - place);
                break;
            case 5 when random.Next(8) == 0:
                Deepen(bytes, place, random);
                break;
            case 6 when random.Next(8) == 0:
                Repeat(bytes, place, random);
                break;
            case 7:
                Splice(bytes, place, corpus[random.Next(corpus.Count)], random);
                break;
            case 8:
                bytes.RemoveRange(start, length);
                bytes.InsertRange(start, Piece(random));
                break;
            case 9 when ReplaceNumber(bytes, place, random):
                break;
            default:
                bytes.InsertRange(place, Piece(random));
                break;
        }
    }

    private static byte[] Piece(Random random) => Pieces[random.Next(Pieces.Length)];

    private static (int Start, int Length) Stretch(int count, Random random)
    {
        var start = random.Next(count + 1);
        return (start, Math.Min(count - start, random.Next(1, 1 << random.Next(1, 10))));
    }

    private static void Deepen(List<byte> bytes, int place, Random random)
    {
        var (open, close) = random.Next(4) switch { 0 => ("[", "]"), 1 => ("{\"a\":", "}"), 2 => ("(", ")"), _ => ("[{\"Records\":", "}]") };
        var depth = random.Next(1, MaxDepth);
        bytes.InsertRange(place, Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(close, random.Next(2) * depth))));
        bytes.InsertRange(place, Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(open, depth))));
    }

    private static void Repeat(List<byte> bytes, int place, Random random)
    {
        var piece = random.Next(2) == 0 || bytes.Count == 0 ? Piece(random) : [bytes[Math.Min(place, bytes.Count - 1)]];
        var count = random.Next(2, 2000);
        bytes.InsertRange(place, Enumerable.Repeat(piece, count).SelectMany(p => p));
    }

    private static void Splice(List<byte> bytes, int place, byte[] other, Random random)
    {
        var (start, length) = random.Next(3) == 0 ? (0, other.Length) : Stretch(other.Length, random);
        bytes.InsertRange(place, other.AsSpan(start, length).ToArray());
    }

    // The number at or after a place becomes another.
    private static bool ReplaceNumber(List<byte> bytes, int place, Random random)
    {
        var start = bytes.FindIndex(place, b => b is >= (byte)'0' and <= (byte)'9');
        if (start < 0)
        {
            return false;
        }

        var end = start;
        while (end < bytes.Count && bytes[end] is >= (byte)'0' and <= (byte)'9')
        {
            end++;
        }

        bytes.RemoveRange(start, end - start);
        bytes.InsertRange(start, Encoding.ASCII.GetBytes(random.Next(4) switch
        {
            0 => random.Next(-10, 100).ToString(System.Globalization.CultureInfo.InvariantCulture),
            1 => new string('9', random.Next(1, 400)),
            2 => "1e" + random.Next(-400, 400).ToString(System.Globalization.CultureInfo.InvariantCulture),
            _ => random.NextInt64().ToString(System.Globalization.CultureInfo.InvariantCulture),
        }));
        return true;
    }
}
