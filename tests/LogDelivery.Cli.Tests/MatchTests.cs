using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Xunit;

namespace LogDelivery.Cli.Tests;

public sealed class MatchTests
{
    private const string Failure = """{"eventVersion":"1.11","eventName":"PutObject","errorCode":"AccessDenied","sourceIPAddress":"delivery.logs.amazonaws.com"}""";
    private const string Success = """{"eventVersion":"1.11","eventName":"PutObject","sourceIPAddress":"192.0.2.10"}""";

    [Fact]
    public void Verdicts_are_one_line_an_event()
    {
        using var events = new TemporaryFile($"{Failure}\n{JsonSerializer.Serialize(Success)}\n\n\"text\"\n");
        var run = CliRun.Of("match", "--pattern", "{ $.errorCode NOT EXISTS }", "--events", events.Path, "--verdicts");
        Assert.Equal(ExitCode.Ok, run.ExitCode);
        Assert.Equal(["""{"Match":false,"Extracted":{}}""", """{"Match":true,"Extracted":{}}""", """{"Match":false,"Extracted":{}}"""], Lines(run));
    }

    [Fact]
    public void Verdicts_carry_the_fields_of_a_space_delimited_event()
    {
        using var events = new TemporaryFile("\"127.0.0.1 - frank [10/Oct/2000:13:25:15 -0700] \\\"GET / HTTP/1.0\\\" 200 1534\"\n\"short\"\n");
        var run = CliRun.Of("match", "--pattern", "[ip, ..., status = 2*, size]", "--events", events.Path, "--verdicts");
        Assert.Equal("""{"Match":true,"Extracted":{"$ip":"127.0.0.1","$2":"-","$3":"frank","$4":"10/Oct/2000:13:25:15 -0700","$5":"GET / HTTP/1.0","$status":"200","$size":"1534"}}""", Lines(run)[0]);
        Assert.Equal("""{"Match":false,"Extracted":{}}""", Lines(run)[1]);
    }

    [Fact]
    public void An_invalid_pattern_is_wrong_usage_and_the_column_is_named()
    {
        using var events = new TemporaryFile("{}");
        var run = CliRun.Of("match", "--pattern", "{ $.a EXISTS }", "--events", events.Path, "--verdicts");
        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains("column 7", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public void A_line_that_is_no_JSON_keeps_its_place()
    {
        using var events = new TemporaryFile("{\"a\":1}\nno\n{\"a\":1}");
        var run = CliRun.Of("match", "--pattern", "{ $.a = 1 }", "--events", events.Path, "--verdicts");
        Assert.Equal(ExitCode.Unknown, run.ExitCode);
        Assert.Equal([JsonValueKind.True, JsonValueKind.Null, JsonValueKind.True], run.JsonLines.Select(line => line.GetProperty("Match").ValueKind));
        Assert.Contains("line 2", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_of_every_shape_are_counted_together()
    {
        var folder = Directory.CreateTempSubdirectory("match");
        try
        {
            Write("trail.json.gz", $"{{\"Records\":[{Failure},{Success}]}}");
            Write("lines.jsonl", $"{Success}\n{Failure}\n");
            Write("envelope.gz", $"{{\"messageType\":\"DATA_MESSAGE\",\"owner\":\"111122223333\",\"logGroup\":\"g\",\"logStream\":\"s\",\"subscriptionFilters\":[],\"logEvents\":[{{\"id\":\"1\",\"timestamp\":1700000000000,\"message\":{JsonSerializer.Serialize(Failure)}}}]}}");
            var run = CliRun.Of("match", "--pattern", "{ $.errorCode = \"AccessDenied\" }", folder.FullName, "--count");
            Assert.Equal((ExitCode.Ok, "3\n"), (run.ExitCode, run.Output));
            var rows = CliRun.Of("match", "--pattern", "{ $.errorCode = * }", folder.FullName, "--output", "json", "--extract", "$.sourceIPAddress").JsonLines;
            Assert.Equal(3, rows.Count);
            Assert.All(rows, row => Assert.Equal(Failure, row.GetProperty("Message").GetString()));
            Assert.All(rows, row => Assert.Equal("delivery.logs.amazonaws.com", row.GetProperty("Extracted").GetProperty("$.sourceIPAddress").GetString()));
            Assert.Contains(rows, row => row.GetProperty("LogGroup").GetString() == "g");
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        void Write(string name, string text)
        {
            using var file = File.Create(Path.Combine(folder.FullName, name));
            using var target = name.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionLevel.Fastest) : (Stream)file;
            target.Write(Encoding.UTF8.GetBytes(text));
        }
    }

    [Fact]
    public void What_cannot_be_read_is_told_and_the_rest_is_matched()
    {
        using var good = new TemporaryFile($"{Failure}\n");
        var run = CliRun.Of("match", "--pattern", "AccessDenied", "no-such-file.json", good.Path);
        Assert.Equal((ExitCode.Unknown, Failure + "\n"), (run.ExitCode, run.Output));
        Assert.Contains("no-such-file.json", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--events", "no-such-file.jsonl")]
    [InlineData("--events", ".")]
    [InlineData("no-such-file.jsonl")]
    public void Events_that_are_not_there_could_not_be_read_whichever_way_they_are_named(params string[] named)
    {
        foreach (var style in new[] { "--count", "--verdicts" })
        {
            var run = CliRun.Of(["match", "--pattern", "x", style, .. named]);
            Assert.Equal((ExitCode.Unknown, style == "--count" ? "0\n" : string.Empty), (run.ExitCode, run.Output));
            Assert.Contains(named[^1], run.Error, StringComparison.Ordinal);
        }
    }

    private static string[] Lines(CliRun run) => run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
