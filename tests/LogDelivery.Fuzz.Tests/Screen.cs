using System.Globalization;
using System.Text;

namespace LogDelivery.Fuzz.Tests;

/// <summary>What people would be shown. Nothing on it may move a cursor, hide or reverse text, or begin a line that is not ours.</summary>
internal sealed class Screen
{
    /// <summary>How many texts were shown.</summary>
    public long Count { get; private set; }

    /// <summary>A text that stands on one line.</summary>
    public void Show(string? text)
    {
        var shown = VisibleText.Of(text);
        Demand(shown, keepsLines: false);
        if (VisibleText.WidthOf(shown) is var width && (width < 0 || width > 2 * shown.Length))
        {
            throw new RawTextException($"{shown.Length} characters cannot take {width} columns");
        }
    }

    /// <summary>Texts that stand on one line each.</summary>
    public void Show<T>(IEnumerable<T> values)
    {
        foreach (var value in values)
        {
            Show(value?.ToString());
        }
    }

    /// <summary>A document that is shown with its lines.</summary>
    public void ShowLines(string? text) => Demand(VisibleText.OfLines(text), keepsLines: true);

    /// <summary>What the product wrote by itself: it has to be fit for a screen as it is.</summary>
    public void ShowAsWritten(string text) => Demand(text.ReplaceLineEndings("\n"), keepsLines: true);

    // Written apart from VisibleText, so that a mistake there shows here.
    private void Demand(string text, bool keepsLines)
    {
        Count++;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is >= ' ' and < '\x7f' || (keepsLines && text[i] is '\n' or '\t'))
            {
                continue;
            }

            var category = CharUnicodeInfo.GetUnicodeCategory(text, i);
            if (category is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate)
            {
                throw new RawTextException($"U+{(int)text[i]:X4} ({category}) at {i} of \"{Around(text, i)}\"");
            }

            i += char.IsHighSurrogate(text[i]) ? 1 : 0;
        }
    }

    private static string Around(string text, int place)
    {
        var start = Math.Max(0, place - 40);
        var shown = new StringBuilder();
        foreach (var c in text.AsSpan(start, Math.Min(80, text.Length - start)))
        {
            shown.Append(char.IsAscii(c) && !char.IsControl(c) ? c.ToString() : string.Create(CultureInfo.InvariantCulture, $"<{(int)c:X4}>"));
        }

        return shown.ToString();
    }
}
