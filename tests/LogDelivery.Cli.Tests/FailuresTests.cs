using System.IO.Compression;
using System.Text;
using Xunit;

namespace LogDelivery.Cli.Tests;

public sealed class FailuresTests : IDisposable
{
    private static readonly string[] Names =
        ["Time", "Source", "Principal", "AccountId", "Region", "BucketName", "Key", "ErrorCode", "ErrorMessage", "RequestId", "Evidence", "File", "Position"];

    private readonly string folder = Directory.CreateTempSubdirectory("logdelivery-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Json_has_one_object_a_failure_and_exits_with_1()
    {
        var run = CliRun.Of("failures", CliRun.Sample("logs/cloudtrail.json.gz"), "--output", "json");
        Assert.Equal(ExitCode.Wrong, run.ExitCode);
        Assert.Equal(2, run.JsonLines.Count);
        var first = run.JsonLines[0];
        Assert.All(Names, n => Assert.True(first.TryGetProperty(n, out _), n));
        Assert.Equal("2026-01-31T08:42:42Z", first.GetProperty("Time").GetString());
        Assert.Equal("VpcFlowLogs", first.GetProperty("Source").GetString());
        Assert.Equal("CloudTrail", first.GetProperty("Evidence").GetString());
        using var text = new GZipStream(File.OpenRead(CliRun.Sample("logs/cloudtrail.json.gz")), CompressionMode.Decompress);
        using var reader = new StreamReader(text);
        var position = (int)first.GetProperty("Position").GetInt64();
        Assert.StartsWith("{\"eventVersion\"", reader.ReadToEnd()[position..], StringComparison.Ordinal);
    }

    [Fact]
    public void Both_kinds_of_log_are_told_by_their_content()
    {
        File.Copy(CliRun.Sample("logs/access.log"), Path.Combine(folder, "a.json.gz"));
        File.Copy(CliRun.Sample("logs/cloudtrail.json.gz"), Path.Combine(folder, "b.log"));
        var run = CliRun.Of("failures", folder, "--output", "json");
        Assert.Equal(["AccessLog", "CloudTrail", "CloudTrail"], run.JsonLines.Select(l => l.GetProperty("Evidence").GetString()));
    }

    [Fact]
    public void A_summary_says_whether_it_is_over()
    {
        var run = CliRun.Of("failures", CliRun.Sample("logs"), "--summary", "--output", "json");
        var group = Assert.Single(run.JsonLines);
        Assert.Equal(2, group.GetProperty("Attempts").GetInt32());
        Assert.Equal("Recovered", group.GetProperty("Recovery").GetString());
        Assert.Equal(ExitCode.Wrong, run.ExitCode);
    }

    [Fact]
    public void Csv_quotes_what_has_to_be_quoted()
    {
        var text = File.ReadAllText(CliRun.Sample("logs/access.log")).Replace("20260131T0835Z", "\"a,b\"", StringComparison.Ordinal);
        var file = Path.Combine(folder, "access.log");
        File.WriteAllText(file, text);
        var lines = CliRun.Of("failures", file, "--output", "csv").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.StartsWith("Time,Source,Principal,", lines[0], StringComparison.Ordinal);
        Assert.EndsWith("_\"\"a,b\"\"_abcdef12.log.gz\"", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_found_exits_with_0()
    {
        var run = CliRun.Of("failures", CliRun.Sample("logs"), "--after", "2026-02-01");
        Assert.Equal(ExitCode.Ok, run.ExitCode);
        Assert.StartsWith("0 failed attempts", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Damage_is_named_on_standard_error_and_exits_with_3_with_the_rest_reported()
    {
        var bytes = File.ReadAllBytes(CliRun.Sample("logs/cloudtrail.json.gz"));
        File.WriteAllBytes(Path.Combine(folder, "cut.json.gz"), bytes[..^5]);
        File.WriteAllBytes(Path.Combine(folder, "good.json.gz"), bytes);
        File.WriteAllText(Path.Combine(folder, "page.json"), "<html></html>");
        File.WriteAllText(Path.Combine(folder, "empty.json"), string.Empty);
        File.WriteAllBytes(Path.Combine(folder, "bytes.json"), [.. "{\"Records\":[{\"a\":\""u8, 0xff, .. "\"}]}"u8]);
        var run = CliRun.Of("failures", folder, Path.Combine(folder, "nothing.json"), "--output", "json");
        Assert.Equal(ExitCode.Unknown, run.ExitCode);
        Assert.Equal(4, run.JsonLines.Count);
        Assert.All(new[] { "cut.json.gz", "page.json", "empty.json", "bytes.json", "nothing.json" }, n => Assert.Contains(n, run.Error, StringComparison.Ordinal));
        Assert.DoesNotContain("good.json.gz", run.Error, StringComparison.Ordinal);
        Assert.Contains("bytes.json, offset 18:", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_folder_tells_nothing()
        => Assert.Equal(ExitCode.Unknown, CliRun.Of("failures", folder).ExitCode);

    [Theory]
    [InlineData("""{"QueryStatus":"FINISHED","QueryResultRows":[]}""", "QueryResultRows")]
    [InlineData("""{"messageType":"DATA_MESSAGE","logEvents":[{"id":"1","timestamp":1,"message":"START RequestId: 1"}]}""", "skipped")]
    [InlineData("EventId\tEventName\n", "--output json")]
    public void A_file_without_any_record_exits_with_3(string text, string said)
    {
        File.WriteAllText(Path.Combine(folder, "x.json"), text);
        foreach (var command in new[] { "failures", "signatures", "access" })
        {
            var run = CliRun.Of(command, folder, "--output", "json");
            Assert.Equal((ExitCode.Unknown, string.Empty), (run.ExitCode, run.Output));
            Assert.Contains(said, run.Error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("--after", "soon")]
    [InlineData("--source", "Nowhere")]
    [InlineData("--output", "xml")]
    public void Wrong_usage_exits_with_2(string option, string value)
        => Assert.Equal(ExitCode.Usage, CliRun.Of("failures", CliRun.Sample("logs"), option, value).ExitCode);

    [Fact]
    public void A_key_cannot_move_the_cursor()
    {
        var text = File.ReadAllText(CliRun.Sample("logs/access.log")).Replace("abcdef12", "%1B%5B2J", StringComparison.Ordinal);
        var file = Path.Combine(folder, "access.log");
        File.WriteAllText(file, text, Encoding.ASCII);
        Assert.DoesNotContain('\u001b', CliRun.Of("failures", file).Output);
    }
}
