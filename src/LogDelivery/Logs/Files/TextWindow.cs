using System.Buffers;

namespace LogDelivery.Logs.Files;

/// <summary>
/// The stretch of a text that is in memory: it slides forward, and grows while one record needs it. Text is read into it,
/// or lent to it in blocks that are not copied.
/// </summary>
internal sealed class TextWindow(LogContent content) : IDisposable
{
    private const int Size = 1 << 18;

    // A decompressor gives some 64 KB at a time; less room makes it stop and begin again more often, which costs.
    private const int Room = 3 << 15;

    // So much of a block is copied behind a record that began before it, until the record ends: most do soon.
    private const int Bridge = 1 << 12;

    private byte[] buffer = ArrayPool<byte>.Shared.Rent(Size);

    // The location of the text: the beginning of the buffer, or the block.
    private byte[]? lent;
    private int start;
    private int end;

    private ArraySegment<byte> block;
    private int bridged;

    public LogContent Content => content;

    public CancellationToken Cancellation { get; set; }

    public ReadOnlySpan<byte> Bytes => (lent ?? buffer).AsSpan(start, end - start);

    /// <summary>The offset of the first byte of <see cref="Bytes"/> in the text.</summary>
    public long Origin { get; private set; }

    /// <summary>Whether text is lent: more may follow when there is none at the moment.</summary>
    public bool IsWaiting { get; private set; }

    /// <summary>Lends the text that follows. The reader must consume it all and is called for each part.</summary>
    /// <param name="text">Valid while the action runs.</param>
    /// <param name="read">Reads all there is.</param>
    public void Lend(ArraySegment<byte> text, Action read)
    {
        (block, bridged) = (text, 0);
        IsWaiting = true;
        read();
        IsWaiting = false;
    }

    /// <summary>Reads on.</summary>
    /// <param name="keepFrom">The first byte that is still needed.</param>
    /// <param name="shift">By how much the kept bytes have moved to the front, also when there was no more.</param>
    /// <returns>Whether there was more.</returns>
    public bool Fill(int keepFrom, out int shift)
    {
        Cancellation.ThrowIfCancellationRequested();
        if (IsWaiting)
        {
            return FillFromBlock(keepFrom, out shift);
        }

        shift = MakeRoom(keepFrom);
        var read = content.Read(buffer.AsSpan(end));
        end += read;
        return read > 0;
    }

    /// <summary>Discards the window and continues with the next part of a damaged file.</summary>
    public bool MoveToNextPart()
    {
        if (!content.MoveToNextPart())
        {
            return false;
        }

        Origin += end;
        end = 0;
        return true;
    }

    public void Dispose()
    {
        content.Dispose();
        if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = [];
            lent = null;
            start = end = 0;
        }
    }

    private bool FillFromBlock(int keepFrom, out int shift)
    {
        if (lent is not null)
        {
            // The block is used up: what is kept of it waits for the next one.
            shift = keepFrom;
            var rest = Bytes[keepFrom..];
            (lent, start, end) = (null, 0, 0);
            Origin += keepFrom;
            MakeRoom(0, rest.Length);
            Append(rest);
            return false;
        }

        shift = 0;
        if (bridged == block.Count)
        {
            return false;
        }

        var kept = end - keepFrom;
        if (kept <= bridged)
        {
            // The kept bytes are in the block, too.
            shift = keepFrom;
            Origin += keepFrom;
            lent = block.Array;
            start = block.Offset + bridged - kept;
            end = block.Offset + block.Count;
            bridged = block.Count;
            return true;
        }

        shift = MakeRoom(keepFrom);
        var next = block.AsSpan(bridged, Math.Min(Bridge, block.Count - bridged));
        Append(next);
        bridged += next.Length;
        return true;
    }

    private void Append(ReadOnlySpan<byte> text)
    {
        text.CopyTo(buffer.AsSpan(end));
        end += text.Length;
    }

    /// <returns>The distance by which the kept bytes moved to the front.</returns>
    private int MakeRoom(int keepFrom, int room = Room)
    {
        if (buffer.Length - end >= room)
        {
            return 0;
        }

        var kept = buffer.AsSpan(keepFrom, end - keepFrom);
        if (kept.Length + room > buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(buffer.Length * 2, kept.Length + room));
            kept.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = larger;
        }
        else
        {
            kept.CopyTo(buffer);
        }

        end = kept.Length;
        Origin += keepFrom;
        return keepFrom;
    }
}
