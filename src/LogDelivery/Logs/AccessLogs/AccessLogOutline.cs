using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LogDelivery.Json;

namespace LogDelivery.Logs.AccessLogs;

/// <summary>
/// The positions of the fields in a line of the usual form: as many fields as today's lines have, and six quotes that can
/// be paired in one way only. The end of the line, all quotes, and the blanks outside of them are found in one pass, and
/// then fields are located by their number. All other lines are left to <see cref="AccessLogParser"/>. A scan ends before
/// the runtime would optimize this code, so its methods request optimization at once.
/// </summary>
internal ref struct AccessLogOutline
{
    private const int Chunk = ByteBlock.Length;
    private const int Quotes = 6;

    // The numbers of blanks. The time contains one. After the last comes the end of the line.
    private const int BeforeTime = 1;
    private const int BeforeAddress = 3;
    private const int BeforeRequester = 4;
    private const int BeforeOperation = 6;
    private const int BeforeUri = 8;
    private const int BeforeStatus = 9;
    private const int BeforeError = 10;
    private const int BeforeReferer = 15;
    private const int BeforeAgent = 16;
    private const int BeforeTail = 17;
    private const int FewestBlanks = BeforeTail + AccessLogTail.FewestFields - (int)AccessLogField.VersionId;
    private const int AtOnce = 4;
    private const int MostBlanks = BeforeTail + AccessLogField.SourceRegion - AccessLogField.VersionId + 1;

    private ReadOnlySpan<byte> text;
    private BlankPlaces blanks;
    private QuotePlaces quotes;
    private int blankCount;

    /// <summary>The length of the line without its end.</summary>
    public int Length { get; private set; }

    /// <summary>The offset of the next line.</summary>
    public int Next { get; private set; }

    /// <summary>Whether a line feed ends the line, not the text.</summary>
    public readonly bool IsEnded => text[Next - 1] == (byte)'\n';

    /// <summary>The requester.</summary>
    public readonly ReadOnlySpan<byte> Requester => Behind(BeforeRequester);

    /// <summary>The version of the signature; <c>-</c> for none.</summary>
    public readonly ReadOnlySpan<byte> SignatureVersion => Of(AccessLogField.SignatureVersion);

    /// <summary>Whether S3 refused the request or could not do it.</summary>
    public readonly bool IsError
        => text[blanks[BeforeStatus] + 1] is >= (byte)'4' and <= (byte)'9' || text[blanks[BeforeError] + 1] != (byte)'-';

    /// <summary>Outlines the first line of a text; replaces the previous outline.</summary>
    /// <param name="text">The text.</param>
    /// <returns>Whether the line has this form and every typed field is valid: then there is no other reading.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryRead(ReadOnlySpan<byte> text)
    {
        this.text = text;
        blankCount = 0;
        return Mark() && IsPaired() && IsHead() && IsOutcome() && IsTail();
    }

    /// <summary>Sets every field.</summary>
    public readonly void Apply(ref AccessLogLine result)
    {
        AccessLogText.TryReadTime(text.Slice(blanks[BeforeTime] + 1, AccessLogText.TimeLength), out var ticks);
        result.Ticks = ticks;
        result.FieldCount = (int)AccessLogField.VersionId + blankCount - BeforeTail;
        result.Set(AccessLogField.BucketOwner, 0, blanks[0]);
        result.Set(AccessLogField.Bucket, blanks[0] + 1, blanks[BeforeTime]);
        result.Set(AccessLogField.Time, blanks[BeforeTime] + 1, blanks[BeforeAddress]);
        for (var field = AccessLogField.RemoteIp; field <= AccessLogField.Key; field++)
        {
            Set(field, BeforeAddress + (field - AccessLogField.RemoteIp), ref result);
        }

        result.Set(AccessLogField.RequestUri, quotes[0] + 1, quotes[1]);
        for (var field = AccessLogField.HttpStatus; field <= AccessLogField.TurnAroundTime; field++)
        {
            Set(field, BeforeStatus + (field - AccessLogField.HttpStatus), ref result);
        }

        result.Set(AccessLogField.Referer, quotes[2] + 1, quotes[3]);
        result.Set(AccessLogField.UserAgent, quotes[4] + 1, quotes[5]);
        for (var blank = BeforeTail; blank < blankCount; blank++)
        {
            Set(AccessLogField.VersionId + (blank - BeforeTail), blank, ref result);
        }
    }

    private readonly void Set(AccessLogField field, int blank, ref AccessLogLine result) => result.Set(field, blanks[blank] + 1, blanks[blank + 1]);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Mark()
    {
        if (text.Length < Chunk)
        {
            return false;
        }

        ref var first = ref MemoryMarshal.GetReference(text);
        Span<int> places = blanks;
        var quoteCount = 0;
        var (open, wasBlank) = (0UL, 1UL);
        for (var at = 0; ; at += Chunk)
        {
            // The last chunk of a text ends with it, and what it has in common with the one before is shifted out.
            var overlap = Math.Max(at + Chunk - text.Length, 0);
            var bytes = new ByteBlock(ref Unsafe.Add(ref first, at - overlap));
            var ends = bytes.Equal((byte)'\n') >> overlap;
            var found = bytes.Equal((byte)'"') >> overlap;
            var outside = bytes.Equal((byte)' ') >> overlap;
            if (ends != 0)
            {
                var before = (ends & (0 - ends)) - 1;
                found &= before;
                outside &= before;
            }

            if (found == 0)
            {
                outside &= ~open;
            }
            else
            {
                if (quoteCount + BitOperations.PopCount(found) > Quotes)
                {
                    return false;
                }

                var quoted = JsonWord.PrefixXor(found) ^ open;
                open = (ulong)((long)quoted >> (Chunk - 1));
                outside &= ~quoted;
                for (; found != 0; found &= found - 1)
                {
                    quotes[quoteCount++] = at + BitOperations.TrailingZeroCount(found);
                }
            }

            // Between two blanks there must be something, also before the first one.
            var count = BitOperations.PopCount(outside);
            if ((outside & ((outside << 1) | wasBlank)) != 0 || blankCount + count > MostBlanks)
            {
                return false;
            }

            wasBlank = outside >> (Chunk - 1);
            Write(places.Slice(blankCount, count + AtOnce), at, outside);
            blankCount += count;
            if (ends != 0 || at + Chunk >= text.Length)
            {
                Length = ends == 0 ? text.Length : at + BitOperations.TrailingZeroCount(ends);
                Next = Math.Min(Length + 1, text.Length);
                break;
            }
        }

        if (quoteCount != Quotes || blankCount < FewestBlanks)
        {
            return false;
        }

        Length -= text[Length - 1] == (byte)'\r' ? 1 : 0;
        blanks[blankCount] = Length;
        return blanks[blankCount - 1] + 1 < Length;
    }

    // Few chunks hold more than four blanks: one branch that is foreseen costs less than several that are not. What is written
    // too much is written over.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write(Span<int> places, int at, ulong bits)
    {
        ref var place = ref MemoryMarshal.GetReference(places);
        do
        {
            place = at + BitOperations.TrailingZeroCount(bits);
            bits &= bits - 1;
            Unsafe.Add(ref place, 1) = at + BitOperations.TrailingZeroCount(bits);
            bits &= bits - 1;
            Unsafe.Add(ref place, 2) = at + BitOperations.TrailingZeroCount(bits);
            bits &= bits - 1;
            Unsafe.Add(ref place, 3) = at + BitOperations.TrailingZeroCount(bits);
            bits &= bits - 1;
            place = ref Unsafe.Add(ref place, AtOnce);
        }
        while (bits != 0);
    }

    // Another way to pair six quotes would need a quote, a blank and a quote behind the Referer that it reads: so it would take
    // the quote that begins the User-Agent for the end of the Referer, with a blank behind it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly bool IsPaired()
        => quotes[0] == blanks[BeforeUri] + 1
            && blanks[BeforeStatus] == quotes[1] + 1
            && quotes[2] == blanks[BeforeReferer] + 1
            && blanks[BeforeAgent] == quotes[3] + 1
            && quotes[4] == blanks[BeforeAgent] + 1
            && blanks[BeforeTail] == quotes[5] + 1
            && text[quotes[4] + 1] != (byte)' ';

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly bool IsHead()
        => blanks[BeforeAddress] - blanks[BeforeTime] - 1 == AccessLogText.TimeLength
            && AccessLogText.IsTime(text.Slice(blanks[BeforeTime] + 1, AccessLogText.TimeLength))
            && AccessLogText.IsAddress(Behind(BeforeAddress))
            && AccessLogText.IsOperation(Behind(BeforeOperation));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly bool IsOutcome()
        => AccessLogText.StatusEnd(text, blanks[BeforeStatus] + 1) == blanks[BeforeError]
            && (AccessLogText.IsDash(Behind(BeforeError)) || AccessLogText.ErrorCodeEnd(text, blanks[BeforeError] + 1) == blanks[BeforeError + 1])
            && IsNumberBehind(BeforeError + 1)
            && IsNumberBehind(BeforeError + 2)
            && IsNumberBehind(BeforeError + 3)
            && IsNumberBehind(BeforeError + 4);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly bool IsTail()
        => IsValid(AccessLogField.SignatureVersion)
            && IsValid(AccessLogField.AuthenticationType)
            && IsValid(AccessLogField.TlsVersion)
            && (blankCount == FewestBlanks
                || (IsValid(AccessLogField.AccessPointArn)
                    && (blankCount == FewestBlanks + 1
                        || (IsValid(AccessLogField.AclRequired)
                            && (blankCount == FewestBlanks + 2 || IsValid(AccessLogField.SourceRegion))))));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly bool IsValid(AccessLogField tail) => AccessLogTail.IsValid(tail, Of(tail));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly ReadOnlySpan<byte> Of(AccessLogField tail) => Behind(BeforeTail + (tail - AccessLogField.VersionId));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly ReadOnlySpan<byte> Behind(int blank) => text[(blanks[blank] + 1)..blanks[blank + 1]];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly bool IsNumberBehind(int blank) => AccessLogText.IsNumber(text, blanks[blank] + 1, blanks[blank + 1]);

    [InlineArray(MostBlanks + AtOnce)]
    private struct BlankPlaces
    {
        private int first;
    }

    [InlineArray(Quotes)]
    private struct QuotePlaces
    {
        private int first;
    }
}
