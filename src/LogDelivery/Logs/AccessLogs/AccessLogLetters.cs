using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LogDelivery.Logs.AccessLogs;

/// <summary>The characters allowed in a field of an access log.</summary>
internal interface IAccessLogLetters
{
    /// <summary>Marks the allowed bytes by setting all their bits.</summary>
    static abstract Vector128<byte> Mark(Vector128<byte> bytes);
}

/// <summary>Checks the characters of short fields: most have eight to sixteen, which two loads cover.</summary>
internal static class AccessLogLetters
{
    private const int Half = sizeof(ulong);

    /// <summary>Whether all bytes of a text are such letters.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AreAll<T>(ReadOnlySpan<byte> text)
        where T : struct, IAccessLogLetters
        => text.Length is >= Half and <= Half + Half
            ? T.Mark(Vector128.Create(First(text), First(text[^Half..])).AsByte()) == Vector128<byte>.AllBitsSet
            : AreAllOneByOne<T>(text);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Between(Vector128<byte> bytes, char first, char last)
        => Vector128.LessThanOrEqual(bytes - Vector128.Create((byte)first), Vector128.Create((byte)(last - first)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> IgnoreCase(Vector128<byte> bytes) => bytes | Vector128.Create((byte)0x20);

    private static ulong First(ReadOnlySpan<byte> text) => BinaryPrimitives.ReadUInt64LittleEndian(text);

    private static bool AreAllOneByOne<T>(ReadOnlySpan<byte> text)
        where T : struct, IAccessLogLetters
    {
        foreach (var letter in text)
        {
            if (T.Mark(Vector128.Create(letter)) != Vector128<byte>.AllBitsSet)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The characters of an IPv4 or IPv6 address.</summary>
    public readonly struct OfAddress : IAccessLogLetters
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector128<byte> Mark(Vector128<byte> bytes)
            => Between(bytes, '0', ':') | Between(bytes, '.', '.') | Between(IgnoreCase(bytes), 'a', 'f');
    }

    /// <summary>The characters of an operation or an error code.</summary>
    public readonly struct OfName : IAccessLogLetters
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector128<byte> Mark(Vector128<byte> bytes)
            => Between(IgnoreCase(bytes), 'a', 'z') | Between(bytes, '0', '9') | Between(bytes, '-', '.') | Between(bytes, '_', '_');
    }

    /// <summary>The characters of a word.</summary>
    public readonly struct OfWord : IAccessLogLetters
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector128<byte> Mark(Vector128<byte> bytes) => Between(IgnoreCase(bytes), 'a', 'z');
    }

    /// <summary>The characters of a Region.</summary>
    public readonly struct OfRegion : IAccessLogLetters
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector128<byte> Mark(Vector128<byte> bytes)
            => Between(bytes, 'a', 'z') | Between(bytes, '0', '9') | Between(bytes, '-', '-');
    }
}
