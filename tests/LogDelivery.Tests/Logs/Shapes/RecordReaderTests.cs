using System.Text;
using LogDelivery.Logs.Files;
using LogDelivery.Logs.Shapes;
using Xunit;

namespace LogDelivery.Tests.Logs;

public sealed class RecordReaderTests
{
    [Theory]
    [InlineData("""{"Records":[{"a":1},{"b":{"c":[{}]}}]}""", "CloudTrail")]
    [InlineData("""{"other":[{"x":1}],"Records":[{"a":1},{"b":{"c":[{}]}}],"more":{"y":[1]}}""", "CloudTrail")]
    [InlineData("""{"Records"  :  [ {"a":1} , {"b":{"c":[{}]}} ] }""", "CloudTrail")]
    [InlineData("""{"\u0052ecords":[{"a":1},{"b":{"c":[{}]}}]}""", "CloudTrail")]
    [InlineData("""{"Records":[{"a":1}]}{"Records":[{"b":{"c":[{}]}}]}""", "CloudTrail")]
    [InlineData("{\"a\":1}\n{\"b\":{\"c\":[{}]}}\n", "JsonLines")]
    [InlineData("""{"a":1}{"b":{"c":[{}]}}""", "JsonLines")]
    [InlineData("""[{"a":1},{"b":{"c":[{}]}}]""", "JsonLines")]
    [InlineData("""[[{"a":1}],[],[[{"b":{"c":[{}]}}]]]""", "JsonLines")]
    [InlineData("""[{"Records":[{"a":1}]},{"Records":[]},{"x":[1],"Records":[{"b":{"c":[{}]}}],"y":{"z":[2]}}]""", "CloudTrail")]
    [InlineData("""[{"Records":[{"a":1}]},{"b":{"c":[{}]}}]""", "CloudTrail")]
    [InlineData("""{"Records":[[{"a":1}],{"b":{"c":[{}]}}]}""", "CloudTrail")]
    [InlineData("""[{"a":1}][{"b":{"c":[{}]}}]""", "JsonLines")]
    public void RecordsAreCutFromEveryShape(string text, string shape)
    {
        foreach (var limit in new[] { 1, 5, int.MaxValue })
        {
            var tally = new ReadTally();
            using var reader = RecordReader.Open(new MemoryObject(text) { ReadLimit = limit }, tally)!;
            Assert.Equal(shape, reader.Shape.ToString());
            Assert.Equal(["""{"a":1}""", """{"b":{"c":[{}]}}"""], ReadAll(reader, text));
            Assert.Empty(tally.Damages);
        }
    }

    [Fact]
    public void TheKeyIsRecordsAndNotWhatLooksLikeIt()
    {
        const string text = """{"x\"Records":[{"a":1}],"y":{"Records":[{"b":1}]}}""";
        using var reader = RecordReader.Open(new MemoryObject(text), new())!;
        Assert.Equal([text], ReadAll(reader, text));
    }

    [Fact]
    public void BracesInStringsAreText()
    {
        string[] records = ["""{"a":"}{\"][\\"}""", """{"b":"\\\\\\\"{"}""", """{"c":"\\"}"""];
        var text = $$"""{"Records":[{{string.Join(',', records)}}]}""";
        using var reader = RecordReader.Open(new MemoryObject(text), new())!;
        Assert.Equal(records, ReadAll(reader, text));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(1000)]
    [InlineData(300_000)]
    public void RecordsOfAnyLengthCrossEveryBorder(int length)
    {
        string[] records = [.. Enumerable.Range(0, 40).Select(i => $$"""{"n":{{i}},"escapes":"{{string.Concat(Enumerable.Repeat("\\\\\\\"", i))}}","text":"{{new string('x', length)}}"}""")];
        var text = $$"""{"Records":[{{string.Join(',', records)}}]}""";
        using var reader = RecordReader.Open(new MemoryObject(MemoryObject.Gzip(text)), new())!;
        Assert.Equal(records, ReadAll(reader, text));
    }

    [Fact]
    public void ATextOfAnyLengthEndsWhereItEnds()
    {
        // Around the size of a block, and of the room that a block keeps.
        foreach (var length in Enumerable.Range(0, 200).SelectMany(i => new[] { (1 << 18) - 100 + i, (1 << 18) - (3 << 15) - 100 + i }))
        {
            var text = $$"""{"Records":[{"x":"{{new string('x', length)}}"}]}""";
            var tally = new ReadTally();
            using var reader = RecordReader.Open(new MemoryObject(text), tally)!;
            Assert.Single(ReadAll(reader, text));
            Assert.Empty(tally.Damages);
        }
    }

    [Fact]
    public void ARecordThatIsTooLargeIsPassedOver()
    {
        var large = $$"""{"large":"{{new string('x', 3 << 20)}}"}""";
        var tally = new ReadTally();
        var text = $$"""{"Records":[{"a":1},{{large}},{"b":2}]}""";
        using var reader = RecordReader.Open(new MemoryObject(text), tally, maxRecordLength: 1 << 20)!;
        Assert.Equal(["""{"a":1}""", """{"b":2}"""], ReadAll(reader, text));
        var damage = Assert.Single(tally.Damages);
        Assert.Equal((DamageKind.RecordTooLarge, text.IndexOf(large, StringComparison.Ordinal)), (damage.Kind, damage.Offset));
    }

    [Theory]
    [InlineData("""{"Records":[{"a":1},{"b":2""", DamageKind.Truncated, 20)]
    [InlineData("""{"Records":[{"a":1}""", DamageKind.Truncated, 19)]
    [InlineData("""{"Records":[{"a":1},null,{"b":2}]}""", DamageKind.Malformed, 19)]
    [InlineData("""{"Records":[{"a":1}]}}""", DamageKind.Malformed, 21)]
    [InlineData("{\"a\":1}\n{\"b\":\"2\n{\"c\":3}\n", DamageKind.Malformed, 15)]
    [InlineData("{\"a\":1}\ngarbage\n{\"c\":3}\n", DamageKind.Malformed, 7)]
    public void DamageIsNoticedAndTheRestIsRead(string text, object kind, int offset)
    {
        var tally = new ReadTally();
        using var reader = RecordReader.Open(new MemoryObject(text), tally)!;
        var records = ReadAll(reader, text);
        Assert.Equal("""{"a":1}""", records[0]);
        Assert.Equal(text.Contains("\"c\"", StringComparison.Ordinal), records.Contains("""{"c":3}"""));
        var damage = Assert.Single(tally.Damages);
        Assert.Equal(((DamageKind)kind, offset), (damage.Kind, damage.Offset));
    }

    [Theory]
    [InlineData("{\"b\":")]
    [InlineData("{\"b\":{")]
    [InlineData("{\"b\":[1,{\"x\":[2")]
    [InlineData("{\"b\":\"unclosed")]
    [InlineData("{\"b\":\r")]
    [InlineData("{\"b\":\n{\"c\":\n{\"d\":[")]
    public void ABrokenLineCostsNoMoreThanItself(string broken)
    {
        var good = $$"""{"text":"{{new string('x', 100)}}"}""";
        string[] texts =
        [
            $"{good}\n{broken}\n{good}\n{good}\n",
            $"{broken}\n{good}\n{broken}\n{good}\n{good}\n{broken}",
            $"{good}\n{broken}\n{good}\n{{\"b\":\"unclosed\n{good}",
        ];
        foreach (var text in texts)
        {
            foreach (var limit in new[] { 1, int.MaxValue })
            {
                var tally = new ReadTally();
                using var reader = RecordReader.Open(new MemoryObject(text) { ReadLimit = limit }, tally)!;
                Assert.Equal([good, good, good], ReadAll(reader, text));
                Assert.NotEmpty(tally.Damages);
            }
        }
    }

    [Fact]
    public void ALineWithoutAnEndIsLeftWhenItIsTooLong()
    {
        const string good = """{"a":1}""";
        var text = $$"""{"b":{{'\n'}}{{string.Concat(Enumerable.Repeat($"{good}\n", 50_000))}}""";
        var tally = new ReadTally();
        using var reader = RecordReader.Open(new MemoryObject(text), tally, maxRecordLength: 1 << 12)!;
        Assert.Equal(50_000, ReadAll(reader, text).Count);
        Assert.Equal(DamageKind.RecordTooLarge, Assert.Single(tally.Damages).Kind);
    }

    [Fact]
    public void ManyBrokenLinesAreLookedAtOnce()
    {
        var text = $$"""{{string.Concat(Enumerable.Repeat("{\"b\":\n", 300_000))}}{"a":1}""";
        using var reader = RecordReader.Open(new MemoryObject(text), new())!;
        Assert.Equal(["""{"a":1}"""], ReadAll(reader, text));
    }

    [Theory]
    [InlineData("<!DOCTYPE html><html></html>", "HTML")]
    [InlineData("<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code></Error>", "XML")]
    [InlineData("  \n ", "nothing but blanks")]
    [InlineData("PK\u0003\u0004", "ZIP")]
    public void WhatIsNoLogIsSaid(string text, string looksLike)
    {
        var tally = new ReadTally();
        Assert.Null(RecordReader.Open(new MemoryObject(text), tally));
        var damage = Assert.Single(tally.Damages);
        Assert.Equal(DamageKind.NotALog, damage.Kind);
        Assert.Contains(looksLike, damage.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ArchivesAndOtherCompressionAreNamedAndNothingElseIsSaidOfThem()
    {
        var tar = new byte[1024];
        "a.json"u8.CopyTo(tar);
        "ustar"u8.CopyTo(tar.AsSpan(257));
        var deep = MemoryObject.Gzip("""{"Records":[]}""");
        for (var layer = 0; layer < 3; layer++)
        {
            deep = MemoryObject.Gzip(deep);
        }

        using var zlib = new MemoryStream();
        using (var stream = new System.IO.Compression.ZLibStream(zlib, System.IO.Compression.CompressionMode.Compress, leaveOpen: true))
        {
            stream.Write("""{"Records":[{"eventVersion":"1.11","eventName":"PutObject"}]}"""u8);
        }

        foreach (var (bytes, name) in new (byte[], string)[]
        {
            ([.. "PK\u0003\u0004"u8, 20, 0, 0, 0, 8, 0, 0xb5, 0xff], "ZIP"),
            (tar, "tar"),
            (MemoryObject.Gzip(tar), "tar"),
            ([0xfd, .. "7zXZ"u8, 0, 0, 4], "xz"),
            ([.. "7z"u8, 0xbc, 0xaf, 0x27, 0x1c, 0xff], "7z"),
            ([.. "BZh91AY&SY"u8, 0xff, 0xfe], "bzip2"),
            ([0x28, 0xb5, 0x2f, 0xfd, 0xff], "zstd"),
            (zlib.ToArray(), "zlib"),
            (deep, "many times"),
        })
        {
            var tally = new ReadTally();
            Assert.Null(RecordReader.Open(new MemoryObject(bytes), tally));
            var damage = Assert.Single(tally.Damages);
            Assert.Equal(DamageKind.NotALog, damage.Kind);
            Assert.Contains(name, damage.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void BlanksBeforeARecordDoNotHideIt()
    {
        const string record = """{"a":1}""";
        foreach (var count in new[] { 65_535, 65_536, 300_000, 3_000_000 })
        {
            var text = new string(' ', count) + record + new string('\n', count) + record;
            var tally = new ReadTally();
            using var reader = RecordReader.Open(new MemoryObject(MemoryObject.Gzip(text)), tally)!;
            Assert.Equal([record, record], ReadAll(reader, text));
            Assert.Empty(tally.Damages);
        }
    }

    [Theory]
    [InlineData("""{"messageType":"CONTROL_MESSAGE","owner":"CloudwatchLogs","logGroup":"","logStream":"","subscriptionFilters":[],"logEvents":[]}""", LogShape.SubscriptionEnvelope)]
    [InlineData("""{"version":"0","id":"x","detail-type":"AWS API Call via CloudTrail","source":"aws.s3","detail":{"eventVersion":"1.08"}}""", LogShape.EventBridge)]
    [InlineData("""{"schema_version_id":"V_1_0","bucket_name":"amzn-s3-demo-bucket","request_time":"2026-04-29T14:32:16.000Z"}""", LogShape.AccessLogJson)]
    [InlineData("""{"awsAccountId":"111122223333","digestS3Bucket":"amzn-s3-demo-bucket","logFiles":[]}""", LogShape.Digest)]
    [InlineData("""79a59df900b949e5 amzn-s3-demo-bucket [06/Feb/2019:00:00:38 +0000] 192.0.2.3 svc:delivery.logs.amazonaws.com 3E57427F3EXAMPLE REST.PUT.OBJECT""", LogShape.AccessLog)]
    [InlineData("version account-id interface-id\n2 111122223333 eni-1", LogShape.Text)]
    public void TheShapeIsToldByTheBytes(string text, object shape)
    {
        using var reader = RecordReader.Open(new MemoryObject(text), new())!;
        Assert.Equal((LogShape)shape, reader.Shape);
    }

    [Fact]
    public void LinesAreCutWithoutTheirEnds()
    {
        const string line = "79a59df900b949e5 amzn-s3-demo-bucket [06/Feb/2019:00:00:38 +0000] ";
        var text = $"{line}1\r\n\n{line}2\n{line}3";
        foreach (var limit in new[] { 1, int.MaxValue })
        {
            using var reader = RecordReader.Open(new MemoryObject(text) { ReadLimit = limit }, new())!;
            Assert.Equal([$"{line}1", $"{line}2", $"{line}3"], ReadAll(reader, text));
        }
    }

    [Fact]
    public void RecordsWithSoughtLettersAreGivenWhereverTheseStand()
    {
        for (var shift = 0; shift < 200; shift++)
        {
            var fill = new string('-', shift);
            string[] wanted = [$$"""{"a":"{{fill}}rC"}""", $$"""{"a":"{{fill}}\u0072C"}""", $$"""{"rC":{{shift}}}"""];
            string[] others = [$$"""{"a":"{{fill}}r","b":"C"}""", $$"""{"a":"{{fill}}Cr"}""", $$"""{"a":"{{fill}}\"C"}"""];
            var text = $"{others[0]}{wanted[0]}{others[1]}\n{wanted[1]}{others[2]}{wanted[2]}";
            foreach (var limit in new[] { 1, 7, int.MaxValue })
            {
                using var reader = RecordReader.Open(new MemoryObject(text) { ReadLimit = limit }, new())!;
                reader.Seek(new((byte)'r', (byte)'C'));
                var given = ReadAll(reader, text);
                Assert.Equal(wanted, given.Where(wanted.Contains));
                Assert.Equal(6, reader.Count);
            }
        }
    }

    [Fact]
    public void RecordsWithoutSoughtLettersAreOnlyCounted()
    {
        var other = $$"""{"a":"{{new string('-', 200)}}"}""";
        const string Wanted = """{"rC":1}""";
        using var reader = RecordReader.Open(new MemoryObject(string.Concat(Enumerable.Repeat(other, 100)) + Wanted), new())!;
        reader.Seek(new((byte)'r', (byte)'C'));
        Assert.True(reader.TryRead(out var record));
        Assert.Equal(101, record.Number);
        Assert.False(reader.TryRead(out _));
        Assert.Equal(101, reader.Count);
    }

    [Fact]
    public void LettersAreSoughtFromTheNextRecordOn()
    {
        for (var shift = 0; shift < 200; shift++)
        {
            var fill = new string('-', shift);
            var text = $$"""{"a":"{{fill}}"}{"rC":1}{"a":"{{fill}}"}{"a":"{{fill}}{{fill}}"}{"rC":2}""";
            using var reader = RecordReader.Open(new MemoryObject(text), new())!;
            Assert.True(reader.TryRead(out _));
            reader.Seek(new((byte)'r', (byte)'C'));
            var given = ReadAll(reader, text);
            Assert.Equal(["""{"rC":1}""", """{"rC":2}"""], given.Where(r => r.Contains("rC", StringComparison.Ordinal)));
            Assert.Equal(5, reader.Count);
        }
    }

    private static List<string> ReadAll(RecordReader reader, string text)
    {
        var whole = Encoding.UTF8.GetBytes(text);
        var records = new List<string>();
        var number = 0L;
        while (reader.TryRead(out var record))
        {
            Assert.True(record.Number > number);
            number = record.Number;
            Assert.True(record.Bytes.SequenceEqual(whole.AsSpan((int)record.Offset, record.Bytes.Length)));
            Assert.True(record.HasBackslash || !record.Bytes.Contains((byte)'\\'));
            records.Add(Encoding.UTF8.GetString(record.Bytes));
        }

        return records;
    }
}
