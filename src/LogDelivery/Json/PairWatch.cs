using System.Runtime.Intrinsics;

namespace LogDelivery.Json;

/// <summary>A pair of adjacent bytes, rare enough to decide which records are worth parsing.</summary>
/// <param name="First">The first.</param>
/// <param name="Second">The second.</param>
internal readonly record struct BytePair(byte First, byte Second)
{
    /// <summary>A pair that no UTF-8 has.</summary>
    public static BytePair None => new(0xff, 0xff);
}

/// <summary>Watches a text for a pair of bytes, 64 places at a time and without a branch.</summary>
internal struct PairWatch(BytePair pair)
{
    /// <summary>The number of bytes read at a time: those of 64 positions, and the one after the last.</summary>
    public const int Reach = 65;

    private readonly Vector512<byte> first = Vector512.Create(pair.First);
    private readonly Vector512<byte> second = Vector512.Create(pair.Second);

    // A byte of it becomes zero where the pair is met.
    private Vector512<byte> nearest = Vector512<byte>.AllBitsSet;

    /// <summary>Whether the pair has been met.</summary>
    public readonly bool HasMet => Vector512.EqualsAny(nearest, Vector512<byte>.Zero);

    /// <summary>Tests the next positions.</summary>
    public void Look(ref byte at) => nearest = Vector512.Min(nearest, Difference(ref at));

    /// <summary>Whether the pair begins at one of these places.</summary>
    public readonly bool IsAt(ref byte at) => Vector512.EqualsAny(Difference(ref at), Vector512<byte>.Zero);

    private readonly Vector512<byte> Difference(ref byte at)
        => (Vector512.LoadUnsafe(ref at) ^ first) | (Vector512.LoadUnsafe(ref at, 1) ^ second);
}
