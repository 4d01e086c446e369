using System.Text;

namespace LogDelivery.Policies;

/// <summary>Lines and columns of a UTF-8 text, both counted from one, columns in characters.</summary>
internal static class TextPlace
{
    /// <summary>The places of several offsets, which must ascend. The text is read once, however many there are.</summary>
    public static (int Line, int Column)[] FindAll(ReadOnlySpan<byte> utf8, ReadOnlySpan<int> offsets)
    {
        var places = new (int, int)[offsets.Length];
        var (line, column, position) = (1, 1, 0);
        for (var i = 0; i < offsets.Length; i++)
        {
            var offset = Math.Clamp(offsets[i], position, utf8.Length);
            while (offset > position && offset < utf8.Length && (utf8[offset] & 0xC0) == 0x80)
            {
                // Inside a character: its beginning is meant.
                offset--;
            }

            var between = utf8[position..offset];
            var lastBreak = between.LastIndexOf((byte)'\n');
            if (lastBreak >= 0)
            {
                line += between.Count((byte)'\n');
                column = 1;
                between = between[(lastBreak + 1)..];
            }

            column += Encoding.UTF8.GetCharCount(between);
            position = offset;
            places[i] = (line, column);
        }

        return places;
    }

    /// <summary>The offset of a byte in a zero-based line.</summary>
    public static int OffsetOf(ReadOnlySpan<byte> utf8, long zeroBasedLine, long byteInLine)
    {
        var offset = 0;
        for (long line = 0; line < zeroBasedLine; line++)
        {
            var next = utf8[offset..].IndexOf((byte)'\n');
            if (next < 0)
            {
                break;
            }

            offset += next + 1;
        }

        return (int)Math.Min(offset + byteInLine, utf8.Length);
    }
}
