using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LogDelivery.Records;

/// <summary>
/// Tells 64 bytes of JSON apart, one bit a byte. What is carried from word to word is one bit of string and one of escape, so
/// that a text of any length is told apart in one pass without looking at single bytes.
/// </summary>
internal struct JsonWord
{
    public const int Length = 64;

    // All ones while the text before this word has ended within a string.
    private ulong carriedString;

    // One when the text before has ended with a backslash that escapes what follows.
    private ulong carriedEscape;

    /// <summary>Whether the text so far ends within a string.</summary>
    public readonly bool IsInString => carriedString != 0;

    /// <summary>Begins anew, outside of any string.</summary>
    public void Reset() => carriedString = carriedEscape = 0;

    /// <summary>Takes the next 64 bytes.</summary>
    /// <param name="first">The first of them.</param>
    /// <param name="opening">Opening braces and brackets outside of strings.</param>
    /// <param name="closing">Closing ones.</param>
    /// <param name="escapes">Gathers what is escaped by a backslash, wherever it stands.</param>
    /// <param name="hiding">Gathers those of them that are the <c>u</c> of a character's number, or make no escape.</param>
    /// <param name="forbidden">Control characters within strings, which JSON forbids: the string was never closed.</param>
    // Large, but it stands in two places only, and in one of them everything depends on its values staying in registers.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Take(ref byte first, out ulong opening, out ulong closing, ref ulong escapes, ref ulong hiding, out ulong forbidden)
    {
        ulong quotes, backslashes, control;
        if (Vector512.IsHardwareAccelerated)
        {
            var bytes = Vector512.LoadUnsafe(ref first);
            var folded = bytes | Vector512.Create((byte)0x20);
            quotes = Vector512.Equals(bytes, Vector512.Create((byte)'"')).ExtractMostSignificantBits();
            backslashes = Vector512.Equals(bytes, Vector512.Create((byte)'\\')).ExtractMostSignificantBits();
            opening = Vector512.Equals(folded, Vector512.Create((byte)'{')).ExtractMostSignificantBits();
            closing = Vector512.Equals(folded, Vector512.Create((byte)'}')).ExtractMostSignificantBits();
            control = Vector512.LessThan(bytes, Vector512.Create((byte)0x20)).ExtractMostSignificantBits();
        }
        else
        {
            var low = Vector256.LoadUnsafe(ref first);
            var high = Vector256.LoadUnsafe(ref first, 32);
            quotes = Equal(low, high, (byte)'"');
            backslashes = Equal(low, high, (byte)'\\');
            control = Equal(Vector256.Max(low, Vector256.Create((byte)0x1f)), Vector256.Max(high, Vector256.Create((byte)0x1f)), 0x1f);

            // '[' and ']' differ from '{' and '}' by this one bit, and no other byte becomes one of them by it.
            var fold = Vector256.Create((byte)0x20);
            opening = Equal(low | fold, high | fold, (byte)'{');
            closing = Equal(low | fold, high | fold, (byte)'}');
        }

        if ((backslashes | carriedEscape) != 0)
        {
            var escaped = JsonBytes.Escaped(backslashes, carriedEscape);
            var others = escaped & ~(quotes | backslashes);
            if (others != 0)
            {
                hiding |= others & ~SimpleEscapes(ref first);
            }

            quotes &= ~escaped;
            escapes |= escaped;
            carriedEscape = (backslashes & ~escaped) >> (Length - 1);
        }

        var strings = PrefixXor(quotes) ^ carriedString;
        carriedString = (ulong)((long)strings >> (Length - 1));
        opening &= ~strings;
        closing &= ~strings;
        forbidden = control & strings;
    }

    // Letters, and the slash, that a backslash may stand before; quotes and backslashes are known.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong SimpleEscapes(ref byte first)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            var bytes = Vector512.LoadUnsafe(ref first);
            return (Vector512.Equals(bytes, Vector512.Create((byte)'n'))
                | Vector512.Equals(bytes, Vector512.Create((byte)'r'))
                | Vector512.Equals(bytes, Vector512.Create((byte)'t'))
                | Vector512.Equals(bytes, Vector512.Create((byte)'/'))
                | Vector512.Equals(bytes, Vector512.Create((byte)'b'))
                | Vector512.Equals(bytes, Vector512.Create((byte)'f'))).ExtractMostSignificantBits();
        }

        var low = Vector256.LoadUnsafe(ref first);
        var high = Vector256.LoadUnsafe(ref first, 32);
        return Equal(low, high, (byte)'n') | Equal(low, high, (byte)'r') | Equal(low, high, (byte)'t') | Equal(low, high, (byte)'/') | Equal(low, high, (byte)'b') | Equal(low, high, (byte)'f');
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Equal(Vector256<byte> low, Vector256<byte> high, byte value)
        => Vector256.Equals(low, Vector256.Create(value)).ExtractMostSignificantBits()
            | ((ulong)Vector256.Equals(high, Vector256.Create(value)).ExtractMostSignificantBits() << 32);

    /// <summary>Bit i becomes the parity of bits 0 to i: ones from each opening quote up to before its closing one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong PrefixXor(ulong bits)
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
}
