using System.Text;
using LogDelivery.Records;
using Xunit;

namespace LogDelivery.Tests.Records;

public sealed class LogContentTests
{
    private static readonly byte[] First = Noise(300_000, seed: 1);
    private static readonly byte[] Second = Noise(70_000, seed: 2);

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(1)]
    [InlineData(7)]
    public void SeveralMembersAreOneText(int readLimit)
    {
        var (text, tally) = Read([.. MemoryObject.Gzip(First), .. MemoryObject.Gzip([]), .. MemoryObject.Gzip(Second)], readLimit);
        Assert.Equal([.. First, .. Second], text);
        Assert.Empty(tally.Damages);
    }

    [Fact]
    public void PlainTextIsItself()
    {
        var (text, tally) = Read(First);
        Assert.Equal(First, text);
        Assert.Empty(tally.Damages);
    }

    [Fact]
    public void WhatIsCompressedTwiceIsReadTwice()
    {
        var (text, tally) = Read(MemoryObject.Gzip(MemoryObject.Gzip(First)));
        Assert.Equal(First, text);
        Assert.Empty(tally.Damages);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(5000)]
    public void ATruncatedStreamIsNoticedWhereverItStops(int missing)
    {
        var (text, tally) = Read(MemoryObject.Gzip(First)[..^missing]);
        var damage = Assert.Single(tally.Damages);
        Assert.Equal(DamageKind.Truncated, damage.Kind);
        Assert.Equal(text.Length, damage.Offset);
        Assert.Equal(First[..text.Length], text);
        Assert.True(missing > 9 || text.Length == First.Length);
    }

    [Fact]
    public void EveryTruncationOfAStreamOfTwoMembersIsNoticedExceptAtTheirBorder()
    {
        var first = MemoryObject.Gzip(Noise(400, 3));
        var both = first.Concat(MemoryObject.Gzip(Noise(300, 4))).ToArray();
        for (var length = 3; length < both.Length; length++)
        {
            var (_, tally) = Read(both[..length]);
            Assert.Equal(length == first.Length, tally.Damages.Count == 0);
        }
    }

    [Fact]
    public void AWrongChecksumLosesNoText()
    {
        var bytes = MemoryObject.Gzip(First);
        bytes[^6] ^= 1;
        var (text, tally) = Read(bytes);
        Assert.Equal(DamageKind.Corrupt, Assert.Single(tally.Damages).Kind);
        Assert.Equal(First, text);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(20000)]
    public void TrailingBytesAreNoticed(int count)
    {
        var bytes = MemoryObject.Gzip(First);
        var (text, tally) = Read([.. bytes, .. Enumerable.Repeat((byte)'x', count)]);
        var damage = Assert.Single(tally.Damages);
        Assert.Equal(DamageKind.TrailingBytes, damage.Kind);
        Assert.Contains($"byte {bytes.Length} ", damage.Message, StringComparison.Ordinal);
        Assert.Equal(First, text);
    }

    [Fact]
    public void ZerosAtTheEndArePadding()
    {
        var (text, tally) = Read([.. MemoryObject.Gzip(First), .. new byte[4096]]);
        Assert.Equal(First, text);
        Assert.Empty(tally.Damages);
    }

    [Fact]
    public void ReadingGoesOnBehindDamage()
    {
        var (text, tally) = Read([.. MemoryObject.Gzip(First)[..5000], .. MemoryObject.Gzip(Second)]);
        Assert.Equal(DamageKind.Corrupt, Assert.Single(tally.Damages).Kind);
        Assert.Equal(Second, text[^Second.Length..]);

        (text, tally) = Read([.. MemoryObject.Gzip(First), .. "between"u8, .. MemoryObject.Gzip(Second)]);
        Assert.Equal(DamageKind.TrailingBytes, Assert.Single(tally.Damages).Kind);
        Assert.Equal([.. First, .. Second], text);
    }

    [Fact]
    public void InvalidUtf8IsNoticedOnceWithItsPlace()
    {
        var text = Encoding.UTF8.GetBytes(new string('é', 100_000));
        text[70_001] = (byte)'x';
        text[90_001] = (byte)'x';
        foreach (var limit in new[] { 1, 3, int.MaxValue })
        {
            var (read, tally) = Read(text, limit);
            var damage = Assert.Single(tally.Damages);
            Assert.Equal((DamageKind.InvalidUtf8, 70_000), (damage.Kind, damage.Offset));
            Assert.Equal(text, read);
        }
    }

    [Fact]
    public void AnEmptyFileIsDamage()
    {
        Assert.Equal(DamageKind.Empty, Assert.Single(Read([]).Tally.Damages).Kind);
        Assert.Equal(DamageKind.Empty, Assert.Single(Read(MemoryObject.Gzip([])).Tally.Damages).Kind);
    }

    private static (byte[] Text, ReadTally Tally) Read(byte[] bytes, int readLimit = int.MaxValue)
    {
        var tally = new ReadTally();
        using var content = LogContent.Open(new MemoryObject(bytes) { ReadLimit = readLimit }, tally)!;
        using var text = new MemoryStream();
        var buffer = new byte[10_000];
        do
        {
            int read;
            while ((read = content.Read(buffer)) > 0)
            {
                text.Write(buffer, 0, read);
            }
        }
        while (content.MoveToNextPart());
        return (text.ToArray(), tally);
    }

    // Poorly compressible text, so that streams are long; ASCII, so that it is UTF-8.
    private static byte[] Noise(int length, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, length).Select(_ => (byte)random.Next(32, 127))];
    }
}
