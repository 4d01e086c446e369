using System.Text;
using LogDelivery.Logs.Access;
using LogDelivery.Logs.AccessLogs;
using LogDelivery.Logs.Failures;
using LogDelivery.Logs.Files;
using LogDelivery.Logs.Scan;
using LogDelivery.Logs.Shapes;
using Xunit;

namespace LogDelivery.Tests.Logs.AccessLogs;

/// <summary>What is told of a line by its outline is what reading it step by step tells.</summary>
public sealed class AccessLogOutlineTests
{
    private const string Next = "\nfurther text";

    [Theory]
    [InlineData("", 24)]
    [InlineData(" -", 25)]
    [InlineData(" arn:aws:s3:us-east-1:111122223333:accesspoint/a Yes", 26)]
    [InlineData(" - - us-east-1", 27)]
    public void Lines_as_S3_writes_them_are_outlined(string end, int fields)
    {
        foreach (var outcome in new[] { "200 - 113 4406583 41754 28", "403 AccessDenied 243 - 21 9", "- - - - - -", "206 - 12345678901 99 1 -" })
        {
            foreach (var lineEnd in new[] { string.Empty, Next, "\r" + Next })
            {
                var text = AccessLogLines.Quoted(outcome: outcome, tail: AccessLogLines.Tail + end);
                var outline = default(AccessLogOutline);
                Assert.True(outline.TryRead(Encoding.UTF8.GetBytes(text + lineEnd)), text);
                Assert.Equal(text.Length, outline.Length);
                Assert.Equal(lineEnd.Length > 0, outline.IsEnded);
                var line = default(AccessLogLine);
                outline.Apply(ref line);
                Assert.Equal(fields, line.FieldCount);
            }
        }
    }

    [Theory]
    [InlineData("a \" b")]
    [InlineData(" starts with a blank")]
    [InlineData("\" 403 AccessDenied 243 - 1 1 \"-\" \"svc:delivery.logs.amazonaws.com")]
    public void Lines_whose_quotes_can_be_paired_otherwise_are_not(string agent)
    {
        var outline = default(AccessLogOutline);
        Assert.False(outline.TryRead(Encoding.UTF8.GetBytes(AccessLogLines.Quoted(agent: agent))));
    }

    [Fact]
    public void No_line_is_outlined_otherwise_than_it_is_read()
    {
        var random = new Random(20260402);
        var samples = HostileLines.Samples();
        var mutations = LongForm.IsOn ? 1_000_000 : 50_000;
        var outlined = 0;
        for (var i = 0; i < mutations; i++)
        {
            var sample = random.Next(2) == 0 ? AccessLogLines.Clear : samples[random.Next(samples.Length)];
            var bytes = HostileLines.Mutate(Encoding.UTF8.GetBytes(sample), random);
            outlined += IsOutlinedAsRead(bytes, i % 2 == 0 ? Next : string.Empty) ? 1 : 0;
        }

        Assert.True(outlined > mutations / 10, $"{outlined} outlined");
    }

    [Theory]
    [InlineData("200 - 113 4406583 41754 28", "GET /a HTTP/1.1", "-", "aws-cli/2.0")]
    [InlineData("404 - 113 - 41754 28", "", "a b", "")]
    [InlineData("304 NotModified - 44065838888 4 -", "GET / HTTP/1.1", "\" \"", "x")]
    [InlineData("- - - - - -", "a\" 1", " 403 AccessDenied 243 - 1 1 ", " ")]
    public void No_line_with_one_byte_changed_is_outlined_otherwise_than_it_is_read(string outcome, string uri, string referer, string agent)
    {
        var bytes = Encoding.UTF8.GetBytes(AccessLogLines.Quoted(uri, outcome, referer, agent));
        for (var at = 0; at <= bytes.Length; at++)
        {
            foreach (var letter in "\" -0:zZ\r\n\0\u00ff".Select(l => (byte)l))
            {
                IsOutlinedAsRead([.. bytes[..at], letter, .. bytes[at..]], Next);
                IsOutlinedAsRead([.. bytes[..at], letter, .. bytes[Math.Min(at + 1, bytes.Length)..]], Next);
            }

            IsOutlinedAsRead([.. bytes[..at], .. bytes[Math.Min(at + 1, bytes.Length)..]], string.Empty);
        }
    }

    [Fact]
    public void Passing_over_lines_changes_neither_what_is_found_nor_what_is_reported()
    {
        var random = new Random(20260403);
        var samples = HostileLines.Samples();
        var passed = 0L;
        for (var i = 0; i < 400; i++)
        {
            var lines = Enumerable.Range(0, random.Next(1, 60)).Select(_ =>
            {
                var line = Encoding.UTF8.GetBytes(random.Next(4) > 0 ? AccessLogLines.Clear : random.Next(3) > 0 ? AccessLogLines.FailedDelivery() : samples[random.Next(samples.Length)]);
                return random.Next(5) == 0 ? HostileLines.Mutate(line, random) : line;
            });
            byte[] file = [.. Encoding.UTF8.GetBytes(AccessLogLines.Clear), (byte)'\n', .. lines.SelectMany(l => (byte[])[.. l, .. random.Next(3) == 0 ? "\r\n"u8 : "\n"u8])];
            var source = new MemoryObject(random.Next(2) == 0 ? file : MemoryObject.Gzip(file), $"file {i}") { ReadLimit = random.Next(1, 8_000) };
            Func<LogContent, List<object>, RecordFinder> finder = (i % 4) switch
            {
                0 => (content, found) => new FailureFinder(new() { IncludeAll = true }, content, found.Add, null),
                1 => (content, found) => new FailureFinder(new(), content, found.Add, a => found.Add((a.Time, a.Key))),
                2 => (content, found) => new S3RequestReader(new SignatureFilter { Versions = [i % 8 == 2 ? "SigV2" : "SigV4"] }.ToRaw(), content, (r, at) => found.Add((r.RequestId, at))),
                _ => (content, found) => new FailureFinder(new(), content, found.Add, null),
            };
            var (plain, fast) = (Scan(source, finder, passesOver: false), Scan(source, finder, passesOver: true));
            Assert.Equal(plain.Found, fast.Found);
            Assert.Equal(plain.Damages, fast.Damages);
            Assert.Equal(plain.Records, fast.Records);
            passed += plain.Looks - fast.Looks;
        }

        Assert.True(passed > 2_000, $"{passed} lines passed over");
    }

    // Whether the first line of the bytes can be outlined; when it can, the outline has to be what reading finds.
    private static bool IsOutlinedAsRead(byte[] bytes, string further)
    {
        var outline = default(AccessLogOutline);
        if (!outline.TryRead((byte[])[.. bytes, .. Encoding.UTF8.GetBytes(further)]))
        {
            return false;
        }

        var end = Array.IndexOf(bytes, (byte)'\n');
        var text = AccessLogParser.TrimEnd(end < 0 ? bytes : bytes.AsSpan(0, end));
        Assert.Equal(text.Length, outline.Length);
        var fast = default(AccessLogLine);
        var slow = default(AccessLogLine);
        fast.Begin(text);
        outline.Apply(ref fast);
        slow.Begin(text);
        Assert.Equal(AccessLogReading.Clear, AccessLogParser.ReadStepwise(text, ref slow));
        AssertSame(slow, fast);
        Assert.Equal(slow.IsError, outline.IsError);
        Assert.True(slow[AccessLogField.Requester].SequenceEqual(outline.Requester));
        Assert.True(slow[AccessLogField.SignatureVersion].SequenceEqual(outline.SignatureVersion));
        return true;
    }

    private static (List<object> Found, IReadOnlyList<ReadDamage> Damages, long Records, long Looks) Scan(MemoryObject source, Func<LogContent, List<object>, RecordFinder> make, bool passesOver)
    {
        var tally = new ReadTally();
        using var reader = RecordReader.Open(source, tally)!;
        var found = new List<object>();
        var finder = make(reader.Content, found);
        reader.IsIdle = passesOver ? finder.IsIdle : null;
        var looks = 0L;
        while (reader.TryRead(out var record))
        {
            looks++;
            finder.Look(record, reader.Shape);
        }

        return (found, tally.Damages, reader.Count, looks);
    }

    private static void AssertSame(in AccessLogLine expected, in AccessLogLine actual)
    {
        Assert.Equal(expected.FieldCount, actual.FieldCount);
        Assert.Equal(expected.Time, actual.Time);
        Assert.Null(actual.Problem);
        for (var field = AccessLogField.BucketOwner; field <= AccessLogField.SourceRegion; field++)
        {
            Assert.Equal(expected.RangeOf(field), actual.RangeOf(field));
        }
    }
}
