using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace LogDelivery.Json;

/// <summary>
/// Compares 64 bytes of text at once. Each result has one bit per byte, the lowest for the first. It uses the instructions
/// of the processor: one vector of AVX-512, two of AVX2, or four of ARM64, which has no instruction that turns bytes into
/// bits.
/// </summary>
/// <param name="first">The first of the bytes.</param>
internal readonly ref struct ByteBlock(ref byte first)
{
    public const int Length = 64;

    private readonly ref byte first = ref first;

    /// <summary>Marks the bytes equal to a value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Equal(byte value)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            return Vector512.Equals(Vector512.LoadUnsafe(ref first), Vector512.Create(value)).ExtractMostSignificantBits();
        }

        if (AdvSimd.Arm64.IsSupported)
        {
            var wanted = Vector128.Create(value);
            return Bits(Vector128.Equals(Vector128.LoadUnsafe(ref first), wanted), Vector128.Equals(Vector128.LoadUnsafe(ref first, 16), wanted), Vector128.Equals(Vector128.LoadUnsafe(ref first, 32), wanted), Vector128.Equals(Vector128.LoadUnsafe(ref first, 48), wanted));
        }

        return Bits(Vector256.Equals(Half(0), Vector256.Create(value)), Vector256.Equals(Half(1), Vector256.Create(value)));
    }

    /// <summary>Marks the bytes equal to a value after some of their bits are set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Equal(byte value, byte set)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            return Vector512.Equals(Vector512.LoadUnsafe(ref first) | Vector512.Create(set), Vector512.Create(value)).ExtractMostSignificantBits();
        }

        if (AdvSimd.Arm64.IsSupported)
        {
            var (wanted, bits) = (Vector128.Create(value), Vector128.Create(set));
            return Bits(Vector128.Equals(Vector128.LoadUnsafe(ref first) | bits, wanted), Vector128.Equals(Vector128.LoadUnsafe(ref first, 16) | bits, wanted), Vector128.Equals(Vector128.LoadUnsafe(ref first, 32) | bits, wanted), Vector128.Equals(Vector128.LoadUnsafe(ref first, 48) | bits, wanted));
        }

        return Bits(Vector256.Equals(Half(0) | Vector256.Create(set), Vector256.Create(value)), Vector256.Equals(Half(1) | Vector256.Create(set), Vector256.Create(value)));
    }

    /// <summary>Marks the bytes less than or equal to a value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong AtMost(byte value)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            return Vector512.LessThanOrEqual(Vector512.LoadUnsafe(ref first), Vector512.Create(value)).ExtractMostSignificantBits();
        }

        if (AdvSimd.Arm64.IsSupported)
        {
            var most = Vector128.Create(value);
            return Bits(Vector128.LessThanOrEqual(Vector128.LoadUnsafe(ref first), most), Vector128.LessThanOrEqual(Vector128.LoadUnsafe(ref first, 16), most), Vector128.LessThanOrEqual(Vector128.LoadUnsafe(ref first, 32), most), Vector128.LessThanOrEqual(Vector128.LoadUnsafe(ref first, 48), most));
        }

        // AVX2 has no comparison of bytes without sign but that of the greater one.
        var limit = Vector256.Create(value);
        return Bits(Vector256.Equals(Vector256.Max(Half(0), limit), limit), Vector256.Equals(Vector256.Max(Half(1), limit), limit));
    }

    // Each byte keeps a bit of its own among its eight neighbours, and three rounds of adding pairs make one byte of them.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Bits(Vector128<byte> first, Vector128<byte> second, Vector128<byte> third, Vector128<byte> fourth)
    {
        var weights = Vector128.Create(0x8040_2010_0804_0201UL).AsByte();
        var low = AdvSimd.Arm64.AddPairwise(first & weights, second & weights);
        var high = AdvSimd.Arm64.AddPairwise(third & weights, fourth & weights);
        var sums = AdvSimd.Arm64.AddPairwise(low, high);
        return AdvSimd.Arm64.AddPairwise(sums, sums).AsUInt64().ToScalar();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Bits(Vector256<byte> low, Vector256<byte> high)
        => low.ExtractMostSignificantBits() | ((ulong)high.ExtractMostSignificantBits() << Vector256<byte>.Count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<byte> Half(int number) => Vector256.LoadUnsafe(ref first, (nuint)(number * Vector256<byte>.Count));
}
