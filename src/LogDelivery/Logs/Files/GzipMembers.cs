using System.Buffers.Binary;

namespace LogDelivery.Logs.Files;

/// <summary>
/// Feeds a gzip decompressor, and tracks the member of the stream that is being read. <see
/// cref="System.IO.Compression.GZipStream"/> checks the CRC-32 of each member but accepts a stream that is cut off anywhere
/// as complete; so the length in the closing bytes of each member (RFC 1952, ISIZE) is compared here with the number of
/// bytes decompressed. For that the feed stops before each position that looks like the beginning of a member, and before
/// the closing bytes: the decompressor requests more only after it has returned everything up to there.
/// </summary>
/// <param name="stored">The compressed bytes.</param>
/// <param name="again">The same once more.</param>
internal sealed class GzipMembers(StoredBytes stored, BytesAgain again) : ForwardStream
{
    private const int TrailerLength = 8;
    private const int ShortestMember = 18;

    // So much at a time is decompressed with less ado than the 8 KB that a GZipStream asks for.
    private const int LargeChunk = 1 << 15;

    private uint lastFour;
    private int lastChunk;
    private long memberStart = stored.Offset;
    private long memberText;

    // The first place within this member that looks like the beginning of another one: a damaged member may swallow what follows it.
    private long? swallowed;

    /// <summary>The number of bytes decompressed so far; the reader of the decompressor updates it.</summary>
    public long TextLength { get; set; }

    /// <summary>Whether the decompressor read past the end of the data.</summary>
    public bool IsExhausted { get; private set; }

    /// <summary>Whether the last member has its closing bytes, and these fit the text.</summary>
    public bool IsComplete => stored.Offset - memberStart >= ShortestMember && lastFour == ExpectedLength;

    public long StoredOffset => stored.Offset;

    /// <summary>The offset of the member in the stored bytes.</summary>
    public long MemberStart => memberStart;

    /// <summary>The number of bytes decompressed from this member.</summary>
    public long MemberTextLength => TextLength - memberText;

    private static ReadOnlySpan<byte> Magic => [0x1f, 0x8b, 0x08];

    private uint ExpectedLength => unchecked((uint)MemberTextLength);

    public override int Read(Span<byte> buffer)
    {
        var ahead = stored.Look(buffer.Length + TrailerLength + Magic.Length);
        if (ahead.IsEmpty)
        {
            IsExhausted = true;
            lastChunk = 0;
            return 0;
        }

        if (ahead.StartsWith(Magic) && stored.Offset > memberStart && IsComplete)
        {
            BeginMember();
        }

        NoteStart(ahead);
        lastChunk = Math.Min(buffer.Length, Stop(ahead, buffer.Length));
        ahead[..lastChunk].CopyTo(buffer);
        Remember(ahead[..lastChunk]);
        stored.Take(lastChunk);
        return lastChunk;
    }

    /// <summary>Returns one large chunk; none where a member may have ended: the rest is read by <see cref="Read(Span{byte})"/>.</summary>
    public override void CopyTo(Stream destination, int bufferSize)
    {
        if (LengthBehindMember() >= 0)
        {
            return;
        }

        var ahead = stored.Look(LargeChunk + TrailerLength + Magic.Length);
        if (ahead.IsEmpty)
        {
            return;
        }

        NoteStart(ahead);
        lastChunk = Math.Min(LargeChunk, Stop(ahead, LargeChunk));
        Remember(ahead[..lastChunk]);
        stored.TakeTo(destination, lastChunk);
    }

    /// <summary>
    /// Goes back to the end of the member after the decompressor has stopped before the end of the stream.
    /// </summary>
    public void ReturnToMemberEnd()
    {
        var behind = LengthBehindMember();
        stored.PutBack(behind < 0 ? lastChunk : behind);
        lastChunk = 0;
    }

    /// <summary>
    /// Finds the next member after damage: first within the damaged one, and from the last chunk on when the bytes can be
    /// read only once.
    /// </summary>
    /// <returns>Whether there is one; reading continues there.</returns>
    public bool MoveToNextMember()
    {
        stored.PutBack((int)Math.Clamp(stored.Offset - memberStart - 1, 0, lastChunk));
        if (stored.Offset == memberStart)
        {
            // Never the same member again.
            stored.Take(1);
        }

        if (swallowed is { } before && before < stored.Offset && again.TryOpen() is { } source)
        {
            stored.Restart(source, before);
        }

        lastFour = 0;
        lastChunk = 0;
        while (true)
        {
            var ahead = stored.Look(1 << 15);
            var place = PlausibleStart(ahead);
            if (place >= 0)
            {
                stored.Take(place);
                BeginMember();
                IsExhausted = false;
                return true;
            }

            if (stored.IsAtEnd)
            {
                stored.Take(ahead.Length);
                return false;
            }

            stored.Take(ahead.Length - ShortestMember);
        }
    }

    private void BeginMember()
    {
        memberStart = stored.Offset;
        memberText = TextLength;
        swallowed = null;
    }

    private void NoteStart(ReadOnlySpan<byte> ahead)
    {
        if (stored.Offset > memberStart && PlausibleStart(ahead[..Math.Min(ahead.Length, ShortestMember)]) == 0)
        {
            swallowed ??= stored.Offset;
        }
    }

    // How much was taken behind the closing bytes of the member, if these can be among what was taken last: its length stands there.
    private int LengthBehindMember()
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(length, ExpectedLength);

        // The member before this one may have had the same length.
        var back = (int)Math.Clamp(stored.Offset - memberStart - (ShortestMember - length.Length), 0, lastChunk + length.Length);
        stored.PutBack(back);
        var place = stored.Ahead[..back].IndexOf(length);
        stored.Take(back);
        return place < 0 ? -1 : back - place - length.Length;
    }

    // RFC 1952, 2.3: reserved flags are zero; deflate has two values of XFL in use, and OS is a small number or 255.
    private static int PlausibleStart(ReadOnlySpan<byte> ahead)
    {
        for (var from = 0; ; from++)
        {
            var place = ahead[from..].IndexOf(Magic);
            if (place < 0)
            {
                return -1;
            }

            from += place;
            if (ahead.Length - from >= ShortestMember && (ahead[from + 3] & 0xe0) == 0 && ahead[from + 8] is 0 or 2 or 4 && ahead[from + 9] is < 14 or 255)
            {
                return from;
            }
        }
    }

    private int Stop(ReadOnlySpan<byte> ahead, int most)
    {
        // Much more may be ahead than is taken now, and would be searched again each time.
        var near = ahead[..Math.Min(ahead.Length, most + TrailerLength + Magic.Length)];
        var next = near[1..].IndexOf(Magic) + 1;
        var end = next > 0 ? next : stored.IsAtEnd ? ahead.Length : int.MaxValue;
        return end == int.MaxValue ? ahead.Length : end > TrailerLength ? end - TrailerLength : end;
    }

    private void Remember(ReadOnlySpan<byte> chunk)
    {
        foreach (var value in chunk[^Math.Min(4, chunk.Length)..])
        {
            lastFour = (lastFour >> 8) | ((uint)value << 24);
        }
    }
}
