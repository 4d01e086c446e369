namespace LogDelivery.Files;

/// <summary>A stream that throws when more is read than a limit. A file may grow while it is read, so its length is no promise.</summary>
internal sealed class LimitedStream(Stream inner, string name, FileLimit limit) : Stream
{
    private long total;
    private long line;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => total;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        total += read;
        if (total > limit.MaxBytes)
        {
            throw BoundedFile.TooLarge(name, limit);
        }

        var end = buffer[..read].LastIndexOf((byte)'\n');
        line = end < 0 ? line + read : read - end - 1;
        return line <= limit.MaxLineBytes ? read : throw BoundedFile.LineTooLong(name, limit);
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
