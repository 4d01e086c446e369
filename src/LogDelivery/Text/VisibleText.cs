using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace LogDelivery;

/// <summary>
/// Text from outside, made safe for people to read. Policies, logs, file names and answers of AWS may hold characters that
/// move the cursor, change colours, reverse the direction of reading or begin a new line. They are shown as escapes, so that
/// what a person reads is what the text holds. Programs get the text as it is: this type is for screens only.
/// </summary>
public static class VisibleText
{
    // Printable ASCII needs no look; everything else is asked for its Unicode category.
    private static readonly SearchValues<char> Plain = SearchValues.Create([.. Enumerable.Range(0x20, 0x5f).Select(c => (char)c)]);

    /// <summary>
    /// What a view hands to <see cref="Shown"/>: everything but printable ASCII. A view says
    /// <c>$text -replace [LogDelivery.VisibleText]::Special, [LogDelivery.VisibleText]::Shown</c>, because constrained language
    /// lets nobody call a method of this type, but lets everybody read its properties and use operators.
    /// </summary>
    /// <remarks>Source: about_Language_Modes, ConstrainedLanguage.</remarks>
    public static Regex Special { get; } = new(@"[^ -~]+", RegexOptions.CultureInvariant);

    /// <summary>Shows a match of <see cref="Special"/> as <see cref="Of"/> does.</summary>
    public static MatchEvaluator Shown { get; } = m => Of(m.Value);

    /// <summary>Shows a match of <see cref="Special"/> as <see cref="OfLines"/> does.</summary>
    public static MatchEvaluator ShownLines { get; } = m => OfLines(m.Value);

    /// <summary>
    /// The text on one line. Control characters (C0, C1, DEL), format characters (bidirectional marks, zero width), line and
    /// paragraph separators, private use and unassigned characters, and half pairs of surrogates become <c>\u001b</c>, beyond
    /// the basic plane <c>\u{e0001}</c>.
    /// </summary>
    /// <param name="text">The text; <see langword="null"/> gives an empty one.</param>
    public static string Of(string? text)
    {
        if (string.IsNullOrEmpty(text) || !text.AsSpan().ContainsAnyExcept(Plain))
        {
            return text ?? string.Empty;
        }

        var shown = new StringBuilder(text.Length + 16);
        Append(shown, text, keepsLines: false);
        return shown.ToString();
    }

    /// <summary>The text as <see cref="Of"/> shows it, but with its line feeds and tabs: for documents that are shown whole.</summary>
    /// <param name="text">The text; <see langword="null"/> gives an empty one.</param>
    public static string OfLines(string? text)
    {
        if (string.IsNullOrEmpty(text) || !text.AsSpan().ContainsAnyExcept(Plain))
        {
            return text ?? string.Empty;
        }

        var shown = new StringBuilder(text.Length + 16);
        Append(shown, text.Replace("\r\n", "\n", StringComparison.Ordinal), keepsLines: true);
        return shown.ToString();
    }

    /// <summary>How many columns of a terminal the text takes once it is shown: East Asian wide characters take two, marks none.</summary>
    /// <param name="shown">What <see cref="Of"/> gave.</param>
    public static int WidthOf(ReadOnlySpan<char> shown)
    {
        if (!shown.ContainsAnyExcept(Plain))
        {
            return shown.Length;
        }

        var width = 0;
        foreach (var rune in shown.EnumerateRunes())
        {
            width += Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark ? 0 : IsWide(rune.Value) ? 2 : 1;
        }

        return width;
    }

    /// <summary>
    /// JSON without a character that a screen obeys or hides. Such characters stand within strings only, where an escape means
    /// the same, so that a program reads the same data. The white space between values stays.
    /// </summary>
    internal static string OfJson(string json)
    {
        if (!json.AsSpan().ContainsAnyExcept(Plain))
        {
            return json;
        }

        var shown = new StringBuilder(json.Length + 16);
        var rest = json.AsSpan();
        while (!rest.IsEmpty)
        {
            var isWhole = Rune.DecodeFromUtf16(rest, out var rune, out var length) == OperationStatus.Done;
            if (isWhole && (rune.Value is '\n' or '\r' or '\t' || IsVisible(rune)))
            {
                shown.Append(rest[..length]);
            }
            else
            {
                foreach (var unit in rest[..length])
                {
                    Escape(shown, unit);
                }
            }

            rest = rest[length..];
        }

        return shown.ToString();
    }

    internal static void Append(StringBuilder target, ReadOnlySpan<char> text, bool keepsLines)
    {
        while (!text.IsEmpty)
        {
            var status = Rune.DecodeFromUtf16(text, out var rune, out var length);
            if (status != OperationStatus.Done)
            {
                // Half a pair: the number says which half.
                Escape(target, text[0]);
                length = 1;
            }
            else if (IsVisible(rune) || (keepsLines && rune.Value is '\n' or '\t'))
            {
                target.Append(text[..length]);
            }
            else
            {
                Escape(target, rune.Value);
            }

            text = text[length..];
        }
    }

    // A soft hyphen and the like are format characters, too: they hide within words.
    private static bool IsVisible(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => false,
        UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned => false,
        _ => !IsBlankLetter(rune.Value),
    };

    // Fillers and selectors that Unicode counts as letters or marks and that show nothing.
    private static bool IsBlankLetter(int value)
        => value is 0x034f or 0x115f or 0x1160 or 0x17b4 or 0x17b5 or (>= 0x180b and <= 0x180f) or 0x2800 or 0x3164 or (>= 0xfe00 and <= 0xfe0f) or 0xffa0 or (>= 0xe0100 and <= 0xe01ef);

    private static void Escape(StringBuilder target, int value)
    {
        if (value <= 0xffff)
        {
            target.Append(CultureInfo.InvariantCulture, $"\\u{value:x4}");
        }
        else
        {
            target.Append(CultureInfo.InvariantCulture, $"\\u{{{value:x}}}");
        }
    }

    // Source: Unicode Standard Annex 11, the ranges of EastAsianWidth W and F that terminals agree on.
    private static bool IsWide(int value) => value is
        (>= 0x1100 and <= 0x115f) or (>= 0x2e80 and <= 0x303e) or (>= 0x3041 and <= 0x33ff) or (>= 0x3400 and <= 0x4dbf)
        or (>= 0x4e00 and <= 0x9fff) or (>= 0xa000 and <= 0xa4cf) or (>= 0xac00 and <= 0xd7a3) or (>= 0xf900 and <= 0xfaff)
        or (>= 0xfe30 and <= 0xfe6f) or (>= 0xff00 and <= 0xff60) or (>= 0xffe0 and <= 0xffe6) or (>= 0x1f300 and <= 0x1f64f)
        or (>= 0x1f900 and <= 0x1f9ff) or (>= 0x20000 and <= 0x3fffd);
}
