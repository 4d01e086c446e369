using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LogDelivery.Json;

/// <summary>Marks the bytes that matter within a JSON string, for 64 bytes at a time, one bit per byte.</summary>
/// <param name="quotes">Quotes, escaped ones included.</param>
/// <param name="backslashes">Backslashes.</param>
/// <param name="controls">Control characters, which JSON forbids there.</param>
internal readonly ref struct JsonBytes(ulong quotes, ulong backslashes, ulong controls)
{
    public const int Length = ByteBlock.Length;

    private const ulong OddBits = 0xaaaa_aaaa_aaaa_aaaa;

    public ulong Quotes { get; } = quotes;

    public ulong Backslashes { get; } = backslashes;

    public ulong Controls { get; } = controls;

    /// <summary>Reads 64 bytes, or those that are left: a bit behind the end is 0.</summary>
    /// <param name="json">At least 64 bytes.</param>
    /// <param name="at">The first byte to read; there is one.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static JsonBytes At(ReadOnlySpan<byte> json, int at)
    {
        var behind = Math.Max(0, at + Length - json.Length);
        ref var first = ref Unsafe.Add(ref MemoryMarshal.GetReference(json), at - behind);
        var bytes = new ByteBlock(ref first);
        return new(bytes.Equal((byte)'"') >> behind, bytes.Equal((byte)'\\') >> behind, bytes.AtMost(0x1f) >> behind);
    }

    /// <summary>Marks the bytes that are escaped by the backslash before them.</summary>
    /// <param name="backslashes">The backslashes of 64 bytes.</param>
    /// <param name="carried">1 when the first of the bytes is escaped by one before it, otherwise 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Escaped(ulong backslashes, ulong carried)
    {
        // A run of backslashes escapes every other byte from its second on. The subtraction carries through each run, so that
        // whether it ended on an odd place or an even one shows for all runs at once.
        var starts = backslashes & ~carried;
        var alternating = (((starts << 1) | OddBits) - starts) ^ OddBits;
        return alternating ^ (backslashes | carried);
    }

    /// <summary>Finds the end of a string.</summary>
    /// <param name="json">JSON.</param>
    /// <param name="start">The place behind the opening quote.</param>
    /// <returns>The offset of the closing quote; -1 when there is none, an escape is invalid, or there are too few bytes to decide.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int EndOfString(ReadOnlySpan<byte> json, int start)
    {
        if (json.Length < Length || start >= json.Length)
        {
            return -1;
        }

        var found = At(json, start);
        var end = found.Quotes & (0 - found.Quotes);
        return end != 0 && ((found.Backslashes | found.Controls) & (end - 1)) == 0
            ? start + BitOperations.TrailingZeroCount(end)
            : EndOfLongString(json, start);
    }

    private static int EndOfLongString(ReadOnlySpan<byte> json, int start)
    {
        var carried = 0UL;
        for (; start < json.Length; start += Length)
        {
            var found = At(json, start);
            var escaped = Escaped(found.Backslashes, carried);
            carried = (found.Backslashes & ~escaped) >> (Length - 1);
            var end = found.Quotes & ~escaped;
            end &= 0 - end;
            var before = end - 1;
            if ((found.Controls & before) != 0 || !AreEscapes(json, start, escaped & before & ~(found.Quotes | found.Backslashes)))
            {
                return -1;
            }

            if (end != 0)
            {
                return start + BitOperations.TrailingZeroCount(end);
            }
        }

        return -1;
    }

    private static bool AreEscapes(ReadOnlySpan<byte> json, int start, ulong letters)
    {
        for (; letters != 0; letters &= letters - 1)
        {
            var escape = json[Math.Min(json.Length, start + BitOperations.TrailingZeroCount(letters))..];
            var isRight = escape is [(byte)'/' or (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t', ..]
                || (escape is [(byte)'u', var a, var b, var c, var d, ..] && char.IsAsciiHexDigit((char)a) && char.IsAsciiHexDigit((char)b) && char.IsAsciiHexDigit((char)c) && char.IsAsciiHexDigit((char)d));
            if (!isRight)
            {
                return false;
            }
        }

        return true;
    }
}
