using System.Text;

namespace LogDelivery.Policies;

/// <summary>Lines and columns of a UTF-8 text, both counted from one, columns in characters.</summary>
internal static class TextPlace
{
    public static (int Line, int Column) Find(ReadOnlySpan<byte> utf8, int offset)
    {
        offset = Math.Clamp(offset, 0, utf8.Length);
        var before = utf8[..offset];
        var line = before.Count((byte)'\n') + 1;
        var lineStart = before.LastIndexOf((byte)'\n') + 1;
        return (line, Encoding.UTF8.GetCharCount(before[lineStart..]) + 1);
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
