using System.Text;

namespace LogDelivery.Cli;

/// <summary>Takes lines as UTF-8 bytes: straight to standard output where that is where results go, and otherwise as text.</summary>
internal sealed class LineStream : Stream
{
    private readonly TextWriter output;
    private readonly Stream? direct;

    public LineStream(TextWriter output)
    {
        this.output = output;
        if (ReferenceEquals(output, Console.Out))
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
            output.Write(Encoding.UTF8.GetString(buffer));
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
        direct?.Dispose();
        base.Dispose(disposing);
    }
}
