using System.Buffers;

namespace LogDelivery.Records;

/// <summary>The stretch of a text that is in memory: it slides forward, and grows while one record needs it.</summary>
internal sealed class TextWindow(LogContent content) : IDisposable
{
    private const int Size = 1 << 18;

    // A decompressor gives some 64 KB at a time; less room makes it stop and begin again more often, which costs.
    private const int Room = 3 << 15;

    private byte[] buffer = ArrayPool<byte>.Shared.Rent(Size);
    private int end;

    public LogContent Content => content;

    public CancellationToken Cancellation { get; set; }

    public ReadOnlySpan<byte> Bytes => buffer.AsSpan(0, end);

    /// <summary>Where the first byte of <see cref="Bytes"/> stands in the text.</summary>
    public long Origin { get; private set; }

    /// <summary>Reads on.</summary>
    /// <param name="keepFrom">The first byte that is still needed.</param>
    /// <param name="shift">By how much the kept bytes have moved to the front, also when there was no more.</param>
    /// <returns>Whether there was more.</returns>
    public bool Fill(int keepFrom, out int shift)
    {
        Cancellation.ThrowIfCancellationRequested();
        shift = 0;
        if (buffer.Length - end < Room)
        {
            shift = keepFrom;
            MakeRoom(keepFrom);
        }

        var read = content.Read(buffer.AsSpan(end));
        end += read;
        return read > 0;
    }

    /// <summary>Forgets everything and goes on in the next part of a damaged file.</summary>
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
            end = 0;
        }
    }

    private void MakeRoom(int keepFrom)
    {
        var kept = buffer.AsSpan(keepFrom, end - keepFrom);
        if (kept.Length + Room > buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
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
    }
}
