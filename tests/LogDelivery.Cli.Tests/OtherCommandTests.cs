using System.Text.Json;
using LogDelivery.Sources;
using Xunit;

namespace LogDelivery.Cli.Tests;

public sealed class OtherCommandTests
{
    [Fact]
    public void The_demo_ends_with_every_story_repaired()
    {
        var run = CliRun.Of("demo");
        Assert.Equal(ExitCode.Ok, run.ExitCode);
        Assert.Contains("5 of 5 stories end with every required call allowed", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Sources_lists_the_whole_catalog_as_json()
    {
        var rows = CliRun.Of("sources", "--output", "json").JsonLines;
        Assert.Equal(SourceCatalog.All.Select(s => s.Id), rows.Select(r => r.GetProperty("Id").GetString()));
        Assert.All(rows, row => Assert.All(["Name", "Principal", "Calls", "StatusApi", "Documentation"], name => Assert.True(row.TryGetProperty(name, out _), name)));
    }

    [Fact]
    public void Evaluate_answers_each_request_with_one_line()
    {
        var rows = CliRun.Of("evaluate", "--policy", CliRun.Sample("renamed-trail.json"), "--requests", CliRun.Sample("requests.jsonl"), "--output", "json").JsonLines;
        Assert.Equal(["Allowed", "ImplicitDeny", "ExplicitDeny", "Unknown"], rows.Select(r => r.GetProperty("Verdict").GetString()));
        Assert.Equal([0, -1, 2, 0], rows.Select(r => r.GetProperty("StatementIndex").GetInt32()));
        Assert.Equal("DenyInsecureTransport", rows[2].GetProperty("Sid").GetString());
    }

    [Theory]
    [InlineData("""{"action":"s3:GetObject","resource":"arn:aws:s3:::b/k"}""", "principal")]
    [InlineData("not json", "line 2")]
    [InlineData("""{"principal":{"AWS":"nobody"},"action":"s3:GetObject","resource":"arn:aws:s3:::b/k"}""", "ARN")]
    [InlineData("""{"principal":"*","action":"s3:GetObject","resource":"arn:aws:s3:::b/\ud83d"}""", "surrogates")]
    public void A_request_that_cannot_be_read_is_named_and_the_others_are_answered(string bad, string expected)
    {
        const string Good = """{"principal":"*","action":"s3:GetObject","resource":"arn:aws:s3:::b/k"}""";
        using var requests = new TemporaryFile($"{Good}\n{bad}\n{Good}\n");
        var run = CliRun.Of("evaluate", "--policy", CliRun.Sample("renamed-trail.json"), "--requests", requests.Path, "--output", "json");
        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Equal(2, run.JsonLines.Count);
        Assert.Contains("line 2", run.Error, StringComparison.Ordinal);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_says_who_gains_and_exits_with_1()
    {
        using var wider = new TemporaryFile(File.ReadAllText(CliRun.Sample("renamed-trail.json")).Replace("111122223333/*\"", "*\"", StringComparison.Ordinal));
        var run = CliRun.Of("compare-policy", CliRun.Sample("renamed-trail.json"), wider.Path, "--output", "json");
        Assert.Equal(ExitCode.Wrong, run.ExitCode);
        Assert.All(run.JsonLines, row => Assert.Equal("Gained", row.GetProperty("Change").GetString()));
        Assert.All(run.JsonLines, row => Assert.Equal("cloudtrail.amazonaws.com", row.GetProperty("Principal").GetString()));
    }

    [Fact]
    public void Compare_sees_through_layout_and_order()
    {
        using var compact = new TemporaryFile(JsonSerializer.Serialize(JsonDocument.Parse(File.ReadAllText(CliRun.Sample("org-perimeter.json"))).RootElement));
        var run = CliRun.Of("compare-policy", CliRun.Sample("org-perimeter.json"), compact.Path);
        Assert.Equal(ExitCode.Ok, run.ExitCode);
        Assert.Contains("mean the same", run.Output, StringComparison.Ordinal);
    }
}
