using LogDelivery.Json;
using Xunit;

namespace LogDelivery.Tests.Records;

/// <summary>64 bytes that are compared at once, in the way of the processor at hand, against byte by byte.</summary>
public class ByteBlockTests
{
    private const int Count = 2_000;
    private static readonly byte[] Values = [0, 1, 0x1f, 0x20, (byte)'"', (byte)'\\', (byte)'{', (byte)'}', 0x7f, 0x80, 0xff];

    [Fact]
    public void EachByteHasItsOwnBit()
    {
        for (var place = 0; place < ByteBlock.Length; place++)
        {
            var bytes = new byte[ByteBlock.Length];
            bytes[place] = (byte)'"';
            Assert.Equal(1UL << place, new ByteBlock(ref bytes[0]).Equal((byte)'"'));
        }
    }

    [Fact]
    public void BytesAreComparedWithoutSign()
    {
        foreach (var value in Values)
        {
            for (var other = 0; other <= byte.MaxValue; other++)
            {
                var bytes = new byte[ByteBlock.Length];
                bytes.AsSpan().Fill((byte)other);
                var block = new ByteBlock(ref bytes[0]);
                Assert.Equal(other == value ? ulong.MaxValue : 0, block.Equal(value));
                Assert.Equal((other | 0x20) == value ? ulong.MaxValue : 0, block.Equal(value, set: 0x20));
                Assert.Equal(other <= value ? ulong.MaxValue : 0, block.AtMost(value));
            }
        }
    }

    [Fact]
    public void AnyBytesAreToldApart()
    {
        var random = new Random(5);
        var bytes = new byte[ByteBlock.Length + 1];
        for (var i = 0; i < Count; i++)
        {
            random.GetItems(Values, bytes);
            var block = new ByteBlock(ref bytes[1]);
            var value = Values[random.Next(Values.Length)];
            Assert.Equal(Bits(bytes, other => other == value), block.Equal(value));
            Assert.Equal(Bits(bytes, other => (other | 0x5b) == value), block.Equal(value, set: 0x5b));
            Assert.Equal(Bits(bytes, other => other <= value), block.AtMost(value));
        }
    }

    [Fact]
    public void EveryOtherBitBeginsARunOfOnes()
    {
        var random = new Random(6);
        for (var i = 0; i < Count; i++)
        {
            var bits = (ulong)random.NextInt64() & ((ulong)random.NextInt64() << random.Next(2));
            var (expected, isOn) = (0UL, false);
            for (var place = 0; place < ByteBlock.Length; place++)
            {
                isOn ^= ((bits >> place) & 1) != 0;
                expected |= isOn ? 1UL << place : 0;
            }

            Assert.Equal(expected, JsonWord.PrefixXor(bits));
        }
    }

    private static ulong Bits(byte[] bytes, Func<byte, bool> isMeant)
    {
        var bits = 0UL;
        for (var place = 0; place < ByteBlock.Length; place++)
        {
            bits |= isMeant(bytes[place + 1]) ? 1UL << place : 0;
        }

        return bits;
    }
}
