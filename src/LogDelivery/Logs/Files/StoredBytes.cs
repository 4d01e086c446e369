using System.Buffers;

namespace LogDelivery.Logs.Files;

/// <summary>The stored bytes, with lookahead.</summary>
internal sealed class StoredBytes(Stream stream) : IDisposable
{
    /// <summary>The number of bytes that can always be put back.</summary>
    public const int History = 8;

    private const int Size = 1 << 16;

    private Stream stream = stream;
    private byte[] buffer = ArrayPool<byte>.Shared.Rent(Size);
    private int start;
    private int end;

    /// <summary>The offset of the next byte.</summary>
    public long Offset { get; private set; }

    /// <summary>Whether nothing follows the lookahead.</summary>
    public bool IsAtEnd { get; private set; }

    public ReadOnlySpan<byte> Ahead => buffer.AsSpan(start, end - start);

    /// <summary>Reads on until so many bytes are ahead, or all that there are.</summary>
    public ReadOnlySpan<byte> Look(int count)
    {
        if (end - start < count && !IsAtEnd)
        {
            var kept = Math.Min(start, History);
            buffer.AsSpan(start - kept, end - start + kept).CopyTo(buffer);
            end -= start - kept;
            start = kept;
            while (end - start < count && !IsAtEnd)
            {
                var read = stream.Read(buffer, end, buffer.Length - end);
                IsAtEnd = read == 0;
                end += read;
            }
        }

        return Ahead;
    }

    public void Take(int count)
    {
        start += count;
        Offset += count;
    }

    /// <summary>Takes bytes of the lookahead without copying them.</summary>
    public void TakeTo(Stream target, int count)
    {
        Take(count);
        target.Write(buffer, start - count, count);
    }

    /// <summary>
    /// Undoes the last <see cref="Take"/>, in whole or in part, and <see cref="History"/> bytes before it. Only before the next
    /// <see cref="Look"/>.
    /// </summary>
    public void PutBack(int count)
    {
        start -= count;
        Offset -= count;
    }

    /// <summary>Takes bytes: the lookahead first, then directly from the stream.</summary>
    public int Read(Span<byte> target)
    {
        var ahead = Ahead;
        if (ahead.IsEmpty)
        {
            var read = stream.Read(target);
            Offset += read;
            return read;
        }

        var count = Math.Min(ahead.Length, target.Length);
        ahead[..count].CopyTo(target);
        Take(count);
        return count;
    }

    /// <summary>The stream has more after its end.</summary>
    public void Continue() => IsAtEnd = false;

    /// <summary>Returns to a position before everything that can be put back.</summary>
    /// <param name="again">The same bytes once more, from the beginning. They are closed in place of those that were read so far.</param>
    /// <param name="offset">The place.</param>
    public void Restart(Stream again, long offset)
    {
        stream.Dispose();
        stream = again;
        start = end = 0;
        IsAtEnd = false;
        Pass(stream, offset);
        Offset = offset;
    }

    /// <summary>Skips bytes of a stream that is at its beginning.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="count">The number of them.</param>
    public static void Pass(Stream stream, long count)
    {
        if (stream.CanSeek)
        {
            stream.Seek(count, SeekOrigin.Begin);
            return;
        }

        var buffer = new byte[Size];
        while (count > 0 && stream.Read(buffer, 0, (int)Math.Min(buffer.Length, count)) is > 0 and var read)
        {
            count -= read;
        }
    }

    public void Dispose()
    {
        stream.Dispose();
        if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = [];
            start = end = 0;
        }
    }
}
