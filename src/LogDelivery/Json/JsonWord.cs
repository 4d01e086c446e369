using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using ArmAes = System.Runtime.Intrinsics.Arm.Aes;

namespace LogDelivery.Json;

/// <summary>
/// Classifies 64 bytes of JSON, one bit per byte. One bit of string state and one of escape state carry over from word to
/// word, so that a text of any length is classified in one pass without looking at single bytes.
/// </summary>
internal struct JsonWord
{
    public const int Length = ByteBlock.Length;

    // All ones while the text before this word has ended within a string.
    private ulong carriedString;

    // One when the text before has ended with a backslash that escapes what follows.
    private ulong carriedEscape;

    /// <summary>Whether the text so far ends within a string.</summary>
    public readonly bool IsInString => carriedString != 0;

    /// <summary>Resets the state to outside of any string.</summary>
    public void Reset() => carriedString = carriedEscape = 0;

    /// <summary>Classifies the next 64 bytes.</summary>
    /// <param name="first">The first of them.</param>
    /// <param name="opening">Opening braces and brackets outside of strings.</param>
    /// <param name="closing">Closing ones.</param>
    /// <param name="escapes">Collects the bytes escaped by a backslash.</param>
    /// <param name="hiding">Gathers those of them that are the <c>u</c> of a character's number, or make no escape.</param>
    /// <param name="forbidden">Control characters within strings, which JSON forbids: the string was never closed.</param>
    // Large, but it stands in two places only, and in one of them everything depends on its values staying in registers.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Take(ref byte first, out ulong opening, out ulong closing, ref ulong escapes, ref ulong hiding, out ulong forbidden)
    {
        var bytes = new ByteBlock(ref first);
        var quotes = bytes.Equal((byte)'"');
        var backslashes = bytes.Equal((byte)'\\');

        // '[' and ']' differ from '{' and '}' by this one bit, and no other byte becomes one of them by it.
        opening = bytes.Equal((byte)'{', set: 0x20);
        closing = bytes.Equal((byte)'}', set: 0x20);
        var control = bytes.AtMost(0x1f);

        if ((backslashes | carriedEscape) != 0)
        {
            var escaped = JsonBytes.Escaped(backslashes, carriedEscape);
            var others = escaped & ~(quotes | backslashes);
            if (others != 0)
            {
                hiding |= others & ~SimpleEscapes(bytes);
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
    private static ulong SimpleEscapes(ByteBlock bytes)
        => bytes.Equal((byte)'n') | bytes.Equal((byte)'r') | bytes.Equal((byte)'t') | bytes.Equal((byte)'/') | bytes.Equal((byte)'b') | bytes.Equal((byte)'f');

    /// <summary>Bit i becomes the parity of bits 0 to i: ones from each opening quote up to before its closing one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong PrefixXor(ulong bits)
    {
        if (Pclmulqdq.IsSupported)
        {
            return Pclmulqdq.CarrylessMultiply(Vector128.CreateScalar(bits), Vector128<ulong>.AllBitsSet, 0).ToScalar();
        }

        if (ArmAes.IsSupported)
        {
            return ArmAes.PolynomialMultiplyWideningLower(Vector64.Create(bits), Vector64<ulong>.AllBitsSet).ToScalar();
        }

        bits ^= bits << 1;
        bits ^= bits << 2;
        bits ^= bits << 4;
        bits ^= bits << 8;
        bits ^= bits << 16;
        return bits ^ (bits << 32);
    }
}
