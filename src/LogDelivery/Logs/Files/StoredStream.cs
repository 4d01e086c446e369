namespace LogDelivery.Logs.Files;

/// <summary>The stored bytes, including the lookahead, as a stream.</summary>
internal sealed class StoredStream(StoredBytes stored) : ForwardStream
{
    public override int Read(Span<byte> buffer) => stored.Read(buffer);

    protected override void Dispose(bool disposing)
    {
        stored.Dispose();
        base.Dispose(disposing);
    }
}
