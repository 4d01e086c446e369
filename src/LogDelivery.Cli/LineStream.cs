using System.Text;

namespace LogDelivery.Cli;

/// <summary>
/// Takes text as UTF-8 bytes: straight to standard output where results go there and it is redirected, and otherwise as text.
/// </summary>
internal sealed class LineStream : Stream
{
    private readonly TextWriter output;
    private readonly Stream? direct;

    // A character may come in two pieces.
    private readonly Decoder decoder = Encoding.UTF8.GetDecoder();

    public LineStream(TextWriter output)
    {
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
        if (direct is null)
        {
            var text = new char[Encoding.UTF8.GetMaxCharCount(buffer.Length)];
            output.Write(text, 0, decoder.GetChars(buffer, text, flush: false));
        }
        else
        {
            direct.Write(buffer);
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush() => direct?.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        var rest = new char[1];
        output.Write(rest, 0, decoder.GetChars([], rest, flush: true));
        direct?.Dispose();
        base.Dispose(disposing);
    }
}
