using System.Buffers;
using System.IO.Compression;

namespace LogDelivery.Logs.Files;

/// <summary>Damage found in compressed bytes.</summary>
/// <param name="Kind">The kind of damage.</param>
/// <param name="Message">The problem, with the offset in the compressed bytes.</param>
/// <param name="TextLength">The number of bytes decompressed before the damage.</param>
internal sealed record GzipDamage(DamageKind Kind, string Message, long TextLength);

/// <summary>
/// The text of a gzip stream of any number of members, each checked. After damage reading stops; <see
/// cref="MoveToNextPart"/> continues with the next member that can be found, if there is one.
/// </summary>
internal sealed class GzipText : ForwardStream
{
    // What comes of 8 KB as a rule, and of 32 KB.
    private const int StepLength = 1 << 16;
    private const int BlockLength = 1 << 18;

    private readonly StoredBytes stored;
    private readonly Action<GzipDamage> report;
    private readonly BytesAgain again;
    private readonly GzipMembers members;
    private GZipStream inflater;
    private byte[] step = [];
    private MemoryStream? salvaged;
    private bool ended;
    private bool damaged;

    /// <summary>Starts decompression.</summary>
    /// <param name="stored">The compressed bytes.</param>
    /// <param name="report">Called for each damage.</param>
    /// <param name="openAgain">Gives the compressed bytes once more, from the beginning; <see langword="null"/> where they come only once.</param>
    public GzipText(StoredBytes stored, Action<GzipDamage> report, Func<Stream>? openAgain)
    {
        this.stored = stored;
        this.report = report;
        again = new(openAgain);
        members = new(stored, again);
        inflater = new(members, CompressionMode.Decompress, leaveOpen: true);
    }

    public override long Position
    {
        get => members.TextLength;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        if (ended || buffer.IsEmpty)
        {
            return 0;
        }

        if (salvaged is not null)
        {
            return ReadSalvaged(buffer);
        }

        int read;
        try
        {
            read = inflater.Read(buffer);
        }
        catch (InvalidDataException)
        {
            salvaged = new(Salvage());
            return ReadSalvaged(buffer);
        }

        members.TextLength += read;
        if (read == 0)
        {
            Settle();
        }

        return read;
    }

    /// <summary>
    /// Returns the next text without copying. It takes larger blocks of compressed bytes at a time than <see
    /// cref="Read(Span{byte})"/>, because a decompressor loses time at the end of each.
    /// </summary>
    /// <param name="take">Looks at a block of text.</param>
    /// <returns>Whether there was more; all else is for <see cref="Read(Span{byte})"/> to say.</returns>
    public bool Push(Action<ArraySegment<byte>> take)
    {
        if (step.Length == 0)
        {
            step = ArrayPool<byte>.Shared.Rent(StepLength);
        }

        // On a read the decompressor requests more bytes by itself, or reports the end of its member.
        var read = Read(step);
        if (read == 0)
        {
            return false;
        }

        take(new(step, 0, read));
        if (ended || salvaged is not null)
        {
            return true;
        }

        var sink = new BlockSink(block =>
        {
            members.TextLength += block.Count;
            take(block);
        });
        try
        {
            inflater.CopyTo(sink, BlockLength);
        }
        catch (InvalidDataException) when (!sink.IsTaking)
        {
            salvaged = new(Salvage());
        }

        return true;
    }

    /// <summary>Continues after damage.</summary>
    /// <returns>Whether more text may follow. It does not continue the text before.</returns>
    public bool MoveToNextPart()
    {
        if (!damaged || !members.MoveToNextMember())
        {
            return false;
        }

        damaged = ended = false;
        salvaged = null;
        inflater.Dispose();
        inflater = new(members, CompressionMode.Decompress, leaveOpen: true);
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inflater.Dispose();
            members.Dispose();
            stored.Dispose();
            if (step.Length > 0)
            {
                ArrayPool<byte>.Shared.Return(step);
                step = [];
            }
        }

        base.Dispose(disposing);
    }

    private byte[] Salvage()
    {
        try
        {
            return again.TryOpen() is { } source ? GzipSalvage.Read(source, members.MemberStart, members.MemberTextLength) : [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The file is gone since; what came out before stays.
            return [];
        }
    }

    private int ReadSalvaged(Span<byte> buffer)
    {
        var read = salvaged!.Read(buffer);
        members.TextLength += read;
        if (read == 0)
        {
            End(new(DamageKind.Corrupt, $"The compressed data is damaged before byte {members.StoredOffset} of the file: it cannot be decompressed, or its checksum does not fit.", members.TextLength));
        }

        return read;
    }

    private void Settle()
    {
        if (members.IsExhausted)
        {
            if (members.IsComplete)
            {
                ended = true;
                return;
            }

            End(new(DamageKind.Truncated, $"The gzip stream stops at byte {members.StoredOffset} of the file without its closing bytes: the file is incomplete.", members.TextLength));
            return;
        }

        members.ReturnToMemberEnd();
        var at = members.StoredOffset;
        if (OnlyZerosFollow())
        {
            // Padding, which gzip itself passes over.
            ended = true;
            return;
        }

        End(new(DamageKind.TrailingBytes, $"After the end of the gzip stream, at byte {at} of the file, stand bytes that belong to no gzip stream.", members.TextLength));
    }

    private bool OnlyZerosFollow()
    {
        while (stored.Look(1) is { IsEmpty: false } ahead)
        {
            var other = ahead.IndexOfAnyExcept((byte)0);
            stored.Take(other < 0 ? ahead.Length : other);
            if (other >= 0)
            {
                return false;
            }
        }

        return true;
    }

    private void End(GzipDamage damage)
    {
        ended = damaged = true;
        report(damage);
    }
}
