using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LogDelivery.Records;

/// <summary>
/// What 64 bytes of JSON hold, one bit a byte. The state between words is one bit of string and one of escape, so that a text
/// of any length is told apart in one pass without looking at single bytes.
/// </summary>
internal struct JsonWord
{
    public const int Length = 64;

    // All ones while the text before this word has ended within a string.
    private ulong carriedString;
    private bool carriedEscape;

    /// <summary>Opening braces and brackets outside of strings.</summary>
    public ulong Opening;

    /// <summary>Closing braces and brackets outside of strings.</summary>
    public ulong Closing;

    /// <summary>Backslashes, wherever they stand.</summary>
    public ulong Backslashes;

    /// <summary>Control characters within strings, which JSON forbids: the string was never closed.</summary>
    public ulong Forbidden;

    /// <summary>Whether the text so far ends within a string.</summary>
    public readonly bool IsInString => carriedString != 0;

    /// <summary>Begins anew, outside of any string.</summary>
    public void Reset()
    {
        carriedString = 0;
        carriedEscape = false;
    }

    /// <summary>Takes the next 64 bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Take(ref byte first)
    {
        ulong quotes, control;
        if (Vector512.IsHardwareAccelerated)
        {
            var bytes = Vector512.LoadUnsafe(ref first);
            var folded = bytes | Vector512.Create((byte)0x20);
            quotes = Vector512.Equals(bytes, Vector512.Create((byte)'"')).ExtractMostSignificantBits();
            Backslashes = Vector512.Equals(bytes, Vector512.Create((byte)'\\')).ExtractMostSignificantBits();
            Opening = Vector512.Equals(folded, Vector512.Create((byte)'{')).ExtractMostSignificantBits();
            Closing = Vector512.Equals(folded, Vector512.Create((byte)'}')).ExtractMostSignificantBits();
            control = Vector512.LessThan(bytes, Vector512.Create((byte)0x20)).ExtractMostSignificantBits();
        }
        else
        {
            Half(ref first, out var q0, out var b0, out var o0, out var c0, out var x0);
            Half(ref Unsafe.Add(ref first, 32), out var q1, out var b1, out var o1, out var c1, out var x1);
            quotes = q0 | ((ulong)q1 << 32);
            Backslashes = b0 | ((ulong)b1 << 32);
            Opening = o0 | ((ulong)o1 << 32);
            Closing = c0 | ((ulong)c1 << 32);
            control = x0 | ((ulong)x1 << 32);
        }

        if (Backslashes != 0 || carriedEscape)
        {
            quotes &= ~Escaped();
        }

        var strings = PrefixXor(quotes) ^ carriedString;
        carriedString = (ulong)((long)strings >> 63);
        Opening &= ~strings;
        Closing &= ~strings;
        Forbidden = control & strings;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Half(ref byte first, out uint quotes, out uint backslashes, out uint opening, out uint closing, out uint control)
    {
        var bytes = Vector256.LoadUnsafe(ref first);
        // '[' and ']' differ from '{' and '}' by this one bit, and no other byte becomes one of them by it.
        var folded = bytes | Vector256.Create((byte)0x20);
        quotes = Vector256.Equals(bytes, Vector256.Create((byte)'"')).ExtractMostSignificantBits();
        backslashes = Vector256.Equals(bytes, Vector256.Create((byte)'\\')).ExtractMostSignificantBits();
        opening = Vector256.Equals(folded, Vector256.Create((byte)'{')).ExtractMostSignificantBits();
        closing = Vector256.Equals(folded, Vector256.Create((byte)'}')).ExtractMostSignificantBits();
        control = Vector256.Equals(Vector256.Min(bytes, Vector256.Create((byte)0x1f)), bytes).ExtractMostSignificantBits();
    }

    // Bit i becomes the parity of bits 0 to i: ones from each opening quote up to before its closing one.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong PrefixXor(ulong bits)
    {
        if (Pclmulqdq.IsSupported)
        {
            return Pclmulqdq.CarrylessMultiply(Vector128.CreateScalar(bits), Vector128<ulong>.AllBitsSet, 0).ToScalar();
        }

        bits ^= bits << 1;
        bits ^= bits << 2;
        bits ^= bits << 4;
        bits ^= bits << 8;
        bits ^= bits << 16;
        return bits ^ (bits << 32);
    }

    // Backslashes are rare: one step each. One that is escaped itself escapes nothing.
    private ulong Escaped()
    {
        var left = Backslashes;
        var escaped = 0UL;
        if (carriedEscape)
        {
            escaped = 1;
            left &= ~1UL;
            carriedEscape = false;
        }

        while (left != 0)
        {
            var place = BitOperations.TrailingZeroCount(left);
            if (place == Length - 1)
            {
                carriedEscape = true;
                break;
            }

            escaped |= 2UL << place;
            left &= ~(3UL << place);
        }

        return escaped;
    }
}
