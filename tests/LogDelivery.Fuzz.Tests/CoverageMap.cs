using System.Numerics;

namespace LogDelivery.Fuzz.Tests;

/// <summary>
/// The branches that an input went through, as code that SharpFuzz has instrumented counts them in shared memory. Several
/// threads spoil each other's counts a little, which makes a few inputs look new that are not, and none old.
/// </summary>
/// <param name="address">The memory.</param>
internal sealed unsafe class CoverageMap(nint address)
{
    public const int Size = 1 << 16;

    private readonly byte[] seen = new byte[Size];

    /// <summary>Whether the last input went a new way; what it left is wiped.</summary>
    public bool TakeNew()
    {
        var map = new Span<byte>((void*)address, Size);
        var isNew = false;
        for (var next = map.IndexOfAnyExcept((byte)0); next < Size;)
        {
            if (next < 0)
            {
                break;
            }

            // How often counts by powers of two, as for AFL.
            var times = (byte)(1 << BitOperations.Log2(map[next]));
            isNew |= (seen[next] & times) == 0;
            seen[next] |= times;
            var more = map[(next + 1)..].IndexOfAnyExcept((byte)0);
            next = more < 0 ? Size : next + 1 + more;
        }

        map.Clear();
        return isNew;
    }
}
