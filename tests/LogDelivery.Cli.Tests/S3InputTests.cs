using System.Globalization;
using LogDelivery.Sandbox;
using Xunit;

namespace LogDelivery.Cli.Tests;

/// <summary>Logs that lie in S3, as a sandbox delivers them.</summary>
public sealed class S3InputTests
{
    private const string Evidence = "s3://amzn-s3-demo-evidence/";

    static S3InputTests()
    {
        Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", "sandbox");
        Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", "sandbox");
        Environment.SetEnvironmentVariable("AWS_REGION", "us-east-1");
    }

    [Fact]
    public void Failures_are_found_in_both_kinds_of_log_of_a_bucket()
    {
        using var server = Start();
        var run = Of(server, "failures", Evidence, "--output", "json");
        Assert.True(run.ExitCode == ExitCode.Wrong, run.Error);
        Assert.Equal(["AccessLog", "CloudTrail"], run.JsonLines.Select(l => l.GetProperty("Evidence").GetString()!).Distinct().Order(StringComparer.Ordinal));
        Assert.All(run.JsonLines, l => Assert.StartsWith(Evidence, l.GetProperty("File").GetString(), StringComparison.Ordinal));
        Assert.All(run.JsonLines, l => Assert.Equal("amzn-s3-demo-flow-logs", l.GetProperty("BucketName").GetString()));

        var fromTrail = Of(server, "failures", Evidence + "AWSLogs/", "--output", "json");
        Assert.All(fromTrail.JsonLines, l => Assert.Equal("CloudTrail", l.GetProperty("Evidence").GetString()));
        Assert.Equal(run.JsonLines.Count, 2 * fromTrail.JsonLines.Count);
    }

    [Fact]
    public void A_range_of_time_keeps_other_days_from_being_read()
    {
        using var server = Start();
        var day = DateTime.UtcNow.AddDays(-3).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var run = Of(server, "failures", Evidence, "--before", day);
        Assert.Equal(ExitCode.Unknown, run.ExitCode);
        Assert.Contains("in that range of time", run.Error, StringComparison.Ordinal);
        Assert.Contains("0 files read", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Signatures_accesses_and_patterns_read_there_too()
    {
        using var server = Start();
        Assert.Equal("SigV4", Assert.Single(Of(server, "signatures", Evidence + "access-logs/", "--output", "json").JsonLines).GetProperty("Version").GetString());
        Assert.All(Of(server, "access", Evidence, "--output", "json").JsonLines, l => Assert.Equal("Service", l.GetProperty("Caller").GetString()));
        Assert.NotEqual("0", Of(server, "match", Evidence + "AWSLogs/", "--pattern", "{ $.errorCode = \"AccessDenied\" }", "--count").Output.Trim());
    }

    [Fact]
    public void A_bucket_that_is_not_there_and_one_that_is_are_both_told_of()
    {
        using var server = Start();
        var run = Of(server, "failures", "s3://amzn-s3-demo-nowhere/x", Evidence, "--summary", "--output", "json");
        Assert.Equal(ExitCode.Unknown, run.ExitCode);
        Assert.Contains("s3://amzn-s3-demo-nowhere/x: There is no bucket amzn-s3-demo-nowhere.", run.Error, StringComparison.Ordinal);
        Assert.NotEmpty(run.JsonLines);
    }

    [Fact]
    public void What_names_no_bucket_is_wrong_usage()
    {
        var run = CliRun.Of("failures", "s3:///key");
        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains("s3://bucket/prefix", run.Error, StringComparison.Ordinal);
    }

    private static SandboxServer Start()
        => SandboxServer.Start(new SandboxOptions { Scenario = File.ReadAllText(CliRun.Sample(Path.Combine("scenarios", "removed-statements.json"))) });

    private static CliRun Of(SandboxServer server, params string[] args) => CliRun.Of([.. args, "--endpoint-url", server.Endpoint.AbsoluteUri]);
}
