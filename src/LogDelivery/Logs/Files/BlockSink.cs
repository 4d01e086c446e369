namespace LogDelivery.Logs.Files;

/// <summary>Passes on what is written to it block by block, without copying.</summary>
/// <param name="take">Looks at one block, which is valid until it returns.</param>
internal sealed class BlockSink(Action<ArraySegment<byte>> take) : Stream
{
    /// <summary>Whether a block is being processed: an exception during that time is not one of the copied stream.</summary>
    public bool IsTaking { get; private set; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        IsTaking = true;
        take(new(buffer, offset, count));
        IsTaking = false;
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
