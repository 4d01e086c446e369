using System.Buffers;
using System.Text;

namespace LogDelivery.Cli;

/// <summary>
/// Takes text as UTF-8 bytes: straight to standard output where results go there and it is redirected, and otherwise as text
/// that is made visible. JSON is the same to a program with escapes, so it has them everywhere.
/// </summary>
internal sealed class LineStream : Stream
{
    // Printable ASCII and the end of a line: bytes that are never escaped.
    private static readonly SearchValues<byte> Plain = SearchValues.Create([(byte)'\n', .. Enumerable.Range(0x20, 0x5f).Select(c => (byte)c)]);

    private readonly TextWriter output;
    private readonly bool isJson;
    private readonly Stream? direct;

    // A character may come in two pieces.
    private readonly Decoder decoder = Encoding.UTF8.GetDecoder();

    public LineStream(TextWriter output, bool isJson)
    {
        this.isJson = isJson;
        this.output = output;
        if (ReferenceEquals(output, Console.Out) && Console.IsOutputRedirected)
        {
            output.Flush();
            direct = Console.OpenStandardOutput();
        }
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (direct is not null && (!isJson || !buffer.ContainsAnyExcept(Plain)))
        {
            direct.Write(buffer);
            return;
        }

        var characters = new char[Encoding.UTF8.GetMaxCharCount(buffer.Length)];
        Show(new(characters, 0, decoder.GetChars(buffer, characters, flush: false)));
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush() => direct?.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        var rest = new char[1];
        Show(new(rest, 0, decoder.GetChars([], rest, flush: true)));
        direct?.Dispose();
        base.Dispose(disposing);
    }

    private void Show(string text)
    {
        var shown = isJson ? VisibleText.OfJson(text) : VisibleText.OfLines(text);
        if (direct is null)
        {
            output.Write(shown);
        }
        else
        {
            direct.Write(Encoding.UTF8.GetBytes(shown));
        }
    }
}
