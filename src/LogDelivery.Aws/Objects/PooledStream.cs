using System.Buffers;

namespace LogDelivery.Aws.Objects;

/// <summary>An object in a pooled buffer, which is returned when the stream is disposed.</summary>
internal sealed class PooledStream(int capacity, Action onDispose) : Stream
{
    private byte[] buffer = ArrayPool<byte>.Shared.Rent(Math.Max(capacity, 1));
    private int length;
    private int position;
    private int disposed;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => position;
        set => throw new NotSupportedException();
    }

    /// <summary>Reads a stream to its end.</summary>
    /// <exception cref="IOException">It is longer than was said.</exception>
    public async Task FillAsync(Stream source, CancellationToken cancellationToken)
    {
        int read;
        do
        {
            if (length == buffer.Length)
            {
                Grow();
            }

            read = await source.ReadAsync(buffer.AsMemory(length), cancellationToken).ConfigureAwait(false);
            length += read;
        }
        while (read > 0);
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, length - position);
        this.buffer.AsSpan(position, count).CopyTo(buffer);
        position += count;
        return count;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && Interlocked.Exchange(ref disposed, 1) == 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = [];
            length = position = 0;
            onDispose();
        }

        base.Dispose(disposing);
    }

    // The object was replaced by a larger one after it was listed.
    private void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }
}
