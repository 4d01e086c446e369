using System.Text;

namespace LogDelivery.Logs.Files;

/// <summary>Text in UTF-16, which Windows PowerShell writes with <c>&gt;</c> and <c>Out-File</c>, as UTF-8.</summary>
internal static class Utf16Text
{
    /// <summary>The number of bytes that is enough to decide.</summary>
    public const int HeadLength = 4;

    /// <summary>The encoding of a text, or <see langword="null"/> when it is not UTF-16.</summary>
    /// <param name="head">The first bytes: a byte order mark, or two ASCII characters.</param>
    /// <param name="markLength">The length of the byte order mark.</param>
    public static Encoding? Find(ReadOnlySpan<byte> head, out int markLength)
    {
        markLength = head is [0xff, 0xfe, ..] or [0xfe, 0xff, ..] ? 2 : 0;
        return head switch
        {
            [0xff, 0xfe, ..] or [> 0 and < 0x80, 0, > 0 and < 0x80, 0, ..] => Encoding.Unicode,
            [0xfe, 0xff, ..] or [0, > 0 and < 0x80, 0, > 0 and < 0x80, ..] => Encoding.BigEndianUnicode,
            _ => null,
        };
    }

    /// <summary>The text as UTF-8. Half a pair of surrogates becomes U+FFFD.</summary>
    public static Stream Decode(Stream text, Encoding encoding) => Encoding.CreateTranscodingStream(text, encoding, Encoding.UTF8);
}
