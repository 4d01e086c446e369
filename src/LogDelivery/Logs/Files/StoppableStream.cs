namespace LogDelivery.Logs.Files;

/// <summary>Reads a stream that may have no data for a long time, such as a pipe or a console, and can be stopped at any time.</summary>
/// <param name="stream">The stream. An abandoned read continues in the background.</param>
/// <param name="cancellationToken">Stops reading at once.</param>
internal sealed class StoppableStream(Stream stream, CancellationToken cancellationToken) : ForwardStream
{
    private readonly byte[] buffer = new byte[1 << 16];

    /// <exception cref="OperationCanceledException">Reading was stopped.</exception>
    public override int Read(Span<byte> target)
    {
        var most = Math.Min(target.Length, buffer.Length);
        var reading = Task.Run(() => stream.Read(buffer, 0, most), CancellationToken.None);
        Task.WaitAny([reading], cancellationToken);
        var read = reading.GetAwaiter().GetResult();
        buffer.AsSpan(0, read).CopyTo(target);
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        // Closing a stream waits for a pending read.
        if (disposing && !cancellationToken.IsCancellationRequested)
        {
            stream.Dispose();
        }

        base.Dispose(disposing);
    }
}
