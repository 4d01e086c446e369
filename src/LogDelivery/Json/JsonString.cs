using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace LogDelivery.Json;

/// <summary>The characters of a JSON string with escapes, as UTF-8.</summary>
internal static class JsonString
{
    /// <summary>Resolves the escapes of a string that was checked.</summary>
    /// <param name="escaped">The text between the quotes.</param>
    /// <param name="characters">Takes the characters; as long as <paramref name="escaped"/> is always enough.</param>
    /// <returns>The number of bytes written. Half a pair of surrogates becomes U+FFFD.</returns>
    public static int Unescape(ReadOnlySpan<byte> escaped, Span<byte> characters)
    {
        var written = UnescapeBlocks(ref escaped, characters);
        while (true)
        {
            var plain = escaped.IndexOf((byte)'\\');
            if (plain < 0)
            {
                escaped.CopyTo(characters[written..]);
                return written + escaped.Length;
            }

            escaped[..plain].CopyTo(characters[written..]);
            written += plain;
            escaped = escaped[plain..];
            escaped = escaped[Resolve(escaped, characters, ref written)..];
        }
    }

    /// <summary>Compares the characters of a string with escapes with a text.</summary>
    public static bool Equals(ReadOnlySpan<byte> escaped, ReadOnlySpan<byte> text)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(escaped.Length);
        var equal = buffer.AsSpan(0, Unescape(escaped, buffer)).SequenceEqual(text);
        ArrayPool<byte>.Shared.Return(buffer);
        return equal;
    }

    // All but the last bytes, 64 at a time. What stands between two escapes is copied in whole vectors: what is too much of that is
    // overwritten next. There is room for it, as never more is written than was read, and 64 bytes follow in both.
    private static int UnescapeBlocks(ref ReadOnlySpan<byte> escaped, Span<byte> characters)
    {
        var (at, written) = (0, 0);
        characters = characters[..escaped.Length];
        while (escaped.Length - at >= 2 * JsonBytes.Length)
        {
            var from = at;
            var end = at + JsonBytes.Length;
            for (var left = JsonBytes.At(escaped, at).Backslashes; left != 0;)
            {
                var place = at + BitOperations.TrailingZeroCount(left);
                CopyBlock(escaped, from, characters, written, place - from);
                written += place - from;
                from = place + Resolve(escaped[place..], characters, ref written);
                left = from < end ? left & (ulong.MaxValue << (from - at)) : 0;
            }

            if (from < end)
            {
                CopyBlock(escaped, from, characters, written, end - from);
                written += end - from;
                from = end;
            }

            at = from;
        }

        escaped = escaped[at..];
        return written;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyBlock(ReadOnlySpan<byte> source, int from, Span<byte> target, int to, int length)
    {
        ref var first = ref Unsafe.Add(ref MemoryMarshal.GetReference(source), from);
        ref var place = ref Unsafe.Add(ref MemoryMarshal.GetReference(target), to);
        Vector256.LoadUnsafe(ref first).StoreUnsafe(ref place);
        if (length > Vector256<byte>.Count)
        {
            Vector256.LoadUnsafe(ref first, (nuint)Vector256<byte>.Count).StoreUnsafe(ref place, (nuint)Vector256<byte>.Count);
        }
    }

    /// <returns>The length of the escape in bytes.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Resolve(ReadOnlySpan<byte> escape, Span<byte> characters, ref int written)
    {
        var letter = escape[1];
        if (letter == 'u')
        {
            return ResolveUnit(escape, characters, ref written);
        }

        characters[written++] = letter < 'b' ? letter : letter switch
        {
            (byte)'b' => (byte)'\b',
            (byte)'f' => (byte)'\f',
            (byte)'n' => (byte)'\n',
            (byte)'r' => (byte)'\r',
            (byte)'t' => (byte)'\t',
            var same => same,
        };
        return 2;
    }

    private static int ResolveUnit(ReadOnlySpan<byte> escape, Span<byte> characters, ref int written)
    {
        var unit = Unit(escape);
        var length = 6;
        var rune = Rune.ReplacementChar;
        if (Rune.IsValid(unit))
        {
            rune = new(unit);
        }
        else if (escape.Length >= 12 && escape[6] == '\\' && escape[7] == 'u' && Rune.TryCreate(unit, Unit(escape[6..]), out var pair))
        {
            rune = pair;
            length = 12;
        }

        written += rune.EncodeToUtf8(characters[written..]);
        return length;
    }

    private static char Unit(ReadOnlySpan<byte> escape)
        => (char)ushort.Parse(escape.Slice(2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
