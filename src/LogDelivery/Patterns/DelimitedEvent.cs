using System.Buffers;

namespace LogDelivery.Patterns;

/// <summary>An event split into fields at blanks. A text in brackets or double quotes is one field, without them.</summary>
/// <remarks>
/// Source: CloudWatch Logs user guide, matching-terms-space-delimited-log-events. An unclosed bracket or quote is an
/// ordinary character; so is one in the middle of a field.
/// </remarks>
internal readonly ref struct DelimitedEvent
{
    private static readonly SearchValues<byte> Blanks = SearchValues.Create(" \t\n\v\f\r"u8);

    // Only one event is looked at by a thread at a time; its fields are kept in the same lists as those of the one before.
    [ThreadStatic]
    private static (List<Range> Fields, List<int> Starts)? kept;

    private readonly ReadOnlySpan<byte> text;
    private readonly List<Range> fields;
    private readonly List<int> starts;

    public DelimitedEvent(ReadOnlySpan<byte> text)
    {
        this.text = text;
        (fields, starts) = kept ??= ([], []);
        fields.Clear();
        starts.Clear();

        // A quote that nothing closes is looked for once, or a line of quotes would take time by the square.
        var (noBracket, noQuote) = (false, false);
        for (var i = 0; i < text.Length; i++)
        {
            if (IsBlank(text[i]))
            {
                continue;
            }

            starts.Add(i);
            var close = -1;
            if (text[i] == '[' && !noBracket)
            {
                close = text[(i + 1)..].IndexOf((byte)']');
                noBracket = close < 0;
            }
            else if (text[i] == '"' && !noQuote)
            {
                close = text[(i + 1)..].IndexOf((byte)'"');
                noQuote = close < 0;
            }

            if (close >= 0)
            {
                fields.Add((i + 1)..(i + 1 + close));
                i += 1 + close;
                continue;
            }

            var length = text[i..].IndexOfAny(Blanks);
            length = length < 0 ? text.Length - i : length;
            fields.Add(i..(i + length));
            i += length - 1;
        }
    }

    public int Count => fields.Count;

    /// <summary>A field's value, without the brackets or quotes around it.</summary>
    public ReadOnlySpan<byte> Field(int index) => text[fields[index]];

    /// <summary>The event from where a field begins, as it is written, without blanks at the end.</summary>
    public ReadOnlySpan<byte> From(int index)
    {
        var end = text.Length;
        while (IsBlank(text[end - 1]))
        {
            end--;
        }

        return text[starts[index]..end];
    }

    private static bool IsBlank(byte c) => c is (byte)' ' or (>= 0x09 and <= 0x0D);
}
