using System.IO.Compression;
using System.Text;
using LogDelivery.Logs.Files;
using LogDelivery.Logs.Shapes;
using Xunit;

namespace LogDelivery.Tests.Records;

public sealed class LogContentTests
{
    private static readonly byte[] First = Noise(300_000, seed: 1);
    private static readonly byte[] Second = Noise(70_000, seed: 2);

    // More text than any of these files has.
    private const int Endless = 1 << 24;

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

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(20)]
    [InlineData(20000)]
    public void TrailingBytesBehindMembersOfOneLengthAreNoticedOnce(int count)
    {
        byte[] members = [.. MemoryObject.Gzip("{\"a\":1}\n"), .. MemoryObject.Gzip("{\"a\":2}\n"), .. MemoryObject.Gzip("{\"a\":3}\n")];
        var (text, tally) = Read([.. members, .. Enumerable.Repeat((byte)'x', count)]);
        var damage = Assert.Single(tally.Damages);
        Assert.Equal(DamageKind.TrailingBytes, damage.Kind);
        Assert.Contains($"byte {members.Length} ", damage.Message, StringComparison.Ordinal);
        Assert.Equal("{\"a\":1}\n{\"a\":2}\n{\"a\":3}\n"u8, text);
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
        Assert.Equal(DamageKind.Corrupt, Assert.Single(tally.Damages, IsOfTheBytes).Kind);
        Assert.Equal(Second, text[^Second.Length..]);

        (text, tally) = Read([.. MemoryObject.Gzip(First), .. "between"u8, .. MemoryObject.Gzip(Second)]);
        Assert.Equal(DamageKind.TrailingBytes, Assert.Single(tally.Damages).Kind);
        Assert.Equal([.. First, .. Second], text);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(1, 2)]
    [InlineData(2, 2)]
    public void MembersThatADamagedOneSwallowsAreRead(int swallowed, int layers)
    {
        // What was damaged says now that more bytes follow as they are than its member has.
        byte[][] next = [.. Enumerable.Range(2, swallowed + 1).Select(i => MemoryObject.Gzip($"member {i}\n"))];
        var length = 4 + next.Take(swallowed).Sum(m => m.Length) + 12;
        byte[] damaged = [.. MemoryObject.Gzip("one\n")[..10], 0, (byte)length, (byte)(length >> 8), (byte)~length, (byte)(~length >> 8), .. "one\n"u8];
        byte[] file = [.. damaged, .. next.SelectMany(m => m)];
        var (text, tally) = Read(layers == 1 ? file : MemoryObject.Gzip(file));
        Assert.Contains(tally.Damages, d => d.Kind is DamageKind.Corrupt or DamageKind.Truncated);
        Assert.StartsWith("one\n", Encoding.Latin1.GetString(text), StringComparison.Ordinal);
        Assert.EndsWith(string.Concat(Enumerable.Range(2, swallowed + 1).Select(i => $"member {i}\n")), Encoding.Latin1.GetString(text), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void AllThatCanBeDecompressedBeforeABreakIsGiven(int layers)
    {
        var random = new Random(7);
        var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 1500).Select(i => $$"""{"eventVersion":"1.11","n":{{i}},"requestID":"{{random.NextInt64():x}}","eventName":"PutObject"}""" + "\n")));
        var member = MemoryObject.Gzip(text);
        byte[] good = [.. MemoryObject.Gzip("before\n"), .. member];
        var corrupt = 0;
        for (var i = 0; i < 80; i++)
        {
            var bytes = good.ToArray();
            bytes[good.Length - member.Length + 10 + random.Next(member.Length - 20)] ^= (byte)(1 << random.Next(8));
            var expected = ByteByByte(bytes);
            var (read, tally) = Read(layers == 1 ? bytes : MemoryObject.Gzip(bytes));
            Assert.Equal(expected, read[..expected.Length]);
            var damage = tally.Damages.First(d => d.Kind is DamageKind.Corrupt or DamageKind.Truncated);

            // The byte that is read when the decompressor fails is lost to who reads by bytes.
            Assert.InRange(damage.Offset!.Value, expected.Length, expected.Length + 1);
            corrupt += expected.Length < text.Length ? 1 : 0;
        }

        Assert.InRange(corrupt, 10, 100);
    }

    [Fact]
    public void OfAFileThatIsDamagedEverywhereTwentyPlacesAreTold()
    {
        var member = MemoryObject.Gzip("{\"a\":1}\n");
        var (text, tally) = Read([.. Enumerable.Repeat<byte[]>([.. member, .. "between"u8], 300).SelectMany(b => b)]);
        Assert.Equal(300 * "{\"a\":1}\n".Length, text.Length);
        Assert.Equal(20, tally.Damages.Count);
        Assert.EndsWith("Further damage of this file is not listed.", tally.Damages[^1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void DamageOfTheBytesIsToldHoweverMuchIsWrongWithTheText()
    {
        var tally = new ReadTally();
        using var reader = RecordReader.Open(new MemoryObject(MemoryObject.Gzip("{\"a\":1}\n" + string.Concat(Enumerable.Repeat("no object\n{}\n", 100)))[..^4]), tally)!;
        while (reader.TryRead(out _))
        {
        }

        Assert.Equal(21, tally.Damages.Count);
        Assert.Contains(tally.Damages, d => d.Kind == DamageKind.Truncated);
    }

    [Fact]
    public void ADamagedMemberBehindAnotherOneIsReadUpToItsBreak()
    {
        var bytes = MemoryObject.Gzip(First);
        byte[] broken = [.. bytes[..20_000], .. new byte[20], .. bytes[20_020..]];
        var alone = ByteByByte(broken);
        var (text, _) = Read([.. MemoryObject.Gzip(Second), .. broken, .. MemoryObject.Gzip(Second), .. broken, .. MemoryObject.Gzip(Second)]);
        Assert.True(alone.Length > 15_000);

        var at = 0;
        foreach (var part in new[] { Second, alone, Second, alone, Second })
        {
            // Before another part stands the byte that is lost to who reads by bytes, if it came.
            at += text.AsSpan(at).StartsWith(part) ? 0 : 1;
            Assert.Equal(part, text[at..(at + part.Length)]);
            at += part.Length;
        }

        Assert.Equal(text.Length, at);
    }

    [Fact]
    public void OfStandardInputTheLastStepBeforeABreakIsLost()
    {
        var bytes = MemoryObject.Gzip(First);
        byte[] broken = [.. bytes[..60_000], .. new byte[20], .. bytes[60_020..]];
        var tally = new ReadTally();
        using var content = LogContent.Open(new StandardInputObject(new MemoryStream(broken)), tally)!;
        var text = new byte[2 * First.Length];
        var length = 0;
        while (content.Read(text.AsSpan(length)) is > 0 and var read)
        {
            length += read;
        }

        var most = ByteByByte(broken);
        Assert.Equal(most[..Math.Min(length, most.Length)], text[..Math.Min(length, most.Length)]);
        Assert.InRange(length, most.Length - (2 * 8192), most.Length + 1);
        Assert.Equal(DamageKind.Corrupt, Assert.Single(tally.Damages, IsOfTheBytes).Kind);
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
        while (text.Length < Endless && content.MoveToNextPart());
        Assert.True(text.Length < Endless, "The same text is read again and again.");
        return (text.ToArray(), tally);
    }

    // What comes of bytes before a decompressor sees that they are wrong need not be UTF-8.
    private static bool IsOfTheBytes(ReadDamage damage) => damage.Kind != DamageKind.InvalidUtf8;

    // The most that zlib gives: a byte at a time, until it fails.
    private static byte[] ByteByByte(byte[] bytes)
    {
        using var gzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        using var text = new MemoryStream();
        try
        {
            for (var next = gzip.ReadByte(); next >= 0; next = gzip.ReadByte())
            {
                text.WriteByte((byte)next);
            }
        }
        catch (InvalidDataException)
        {
            // Here it fails.
        }

        return text.ToArray();
    }

    // Poorly compressible text, so that streams are long; ASCII, so that it is UTF-8.
    private static byte[] Noise(int length, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, length).Select(_ => (byte)random.Next(32, 127))];
    }
}
