using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace LogDelivery.Text;

/// <summary>
/// A message for people, built from an interpolated string: the words in the source are ours, and every value in it is made
/// visible by <see cref="VisibleText"/>. A method that takes it cannot print a value as it is.
/// </summary>
[InterpolatedStringHandler]
internal readonly ref struct VisibleString(int literalLength, int formattedCount)
{
    private readonly StringBuilder text = new(literalLength + (formattedCount * 16));

    public void AppendLiteral(string value) => text.Append(value);

    public void AppendFormatted(string? value) => VisibleText.Append(text, value, keepsLines: false);

    /// <summary>Text that is made visible already, such as a coloured word or a part of a message.</summary>
    public void AppendFormatted(ShownText value) => text.Append(value.Text);

    public void AppendFormatted<T>(T value, string? format = null)
        => VisibleText.Append(text, value is IFormattable formattable ? formattable.ToString(format, CultureInfo.InvariantCulture) : value?.ToString(), keepsLines: false);

    /// <summary>A value in a column: as wide as it is shown, on the left where the alignment is negative.</summary>
    public void AppendFormatted<T>(T value, int alignment, string? format = null)
    {
        var shown = VisibleText.Of(value is IFormattable formattable ? formattable.ToString(format, CultureInfo.InvariantCulture) : value?.ToString());
        var padding = Math.Max(0, Math.Abs(alignment) - VisibleText.WidthOf(shown));
        text.Append(' ', alignment > 0 ? padding : 0).Append(shown).Append(' ', alignment < 0 ? padding : 0);
    }

    public ShownText ToShown() => new(text.ToString());
}

/// <summary>Text that may go to a screen as it is: made by <see cref="VisibleString"/>, never from outside.</summary>
/// <param name="Text">The text.</param>
internal readonly record struct ShownText(string Text)
{
    private readonly int? width;

    /// <summary>The columns that it takes. Who adds colours says how wide the text was before: nobody counts escape sequences.</summary>
    public int Width
    {
        get => width ?? VisibleText.WidthOf(Text);
        init => width = value;
    }

    /// <summary>A plain string may come from outside, so it is made visible, on one line.</summary>
    public static implicit operator ShownText(string? value) => OfValue(value);

    /// <summary>A message from an interpolated string.</summary>
    public static ShownText Of(VisibleString message) => message.ToShown();

    /// <summary>A text from outside on one line.</summary>
    public static ShownText OfValue(string? value) => new(VisibleText.Of(value));

    /// <summary>Texts below each other.</summary>
    public static ShownText OfAll(params IEnumerable<ShownText> lines) => new(string.Join(Environment.NewLine, lines.Select(l => l.Text)));

    /// <summary>A line of a document from outside, which may be indented by tabs. The end of a line of Windows is left out.</summary>
    public static ShownText OfLine(string? value) => new(VisibleText.OfLines(value?.TrimEnd('\r')).Replace("\n", "\\u000a", StringComparison.Ordinal));

    /// <summary>A document from outside with its lines.</summary>
    public static ShownText OfLines(string? value) => new(VisibleText.OfLines(value));

    public override string ToString() => Text;
}
