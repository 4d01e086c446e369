using LogDelivery.Sandbox;
using Xunit;

namespace LogDelivery.Cli.Tests;

/// <summary>new-alarm on a sandbox, and export-template.</summary>
public sealed class AlarmTests : IDisposable
{
    private const string Bucket = "amzn-s3-demo-flow-logs";

    private readonly SandboxServer server = SandboxServer.Start(new() { Scenario = File.ReadAllText(CliRun.Sample(Path.Combine("scenarios", "watched-bucket.json"))) });

    static AlarmTests()
    {
        Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", "sandbox");
        Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", "sandbox");
        Environment.SetEnvironmentVariable("AWS_REGION", "us-east-1");
    }

    public void Dispose() => server.Dispose();

    [Fact]
    public void A_dry_run_shows_the_plan_and_the_cost_and_writes_nothing()
    {
        var run = NewAlarm("--preset", "DeliveryFailure", "--bucket", Bucket, "--email", "audit@example.com", "--dry-run");
        Assert.True(run.ExitCode == ExitCode.Ok, run.Error);
        Assert.Contains("+ Create metric filter LogDelivery-DeliveryFailure-" + Bucket, run.Output, StringComparison.Ordinal);
        Assert.Contains("Cost: about 2.00 USD per million requests", run.Output, StringComparison.Ordinal);
        Assert.Contains("\"alarms\":[]", server.GetState(), StringComparison.Ordinal);
    }

    [Fact]
    public void Yes_carries_it_out_and_a_second_run_changes_nothing()
    {
        string[] arguments = ["--preset", "DeliveryFailure", "--bucket", Bucket, "--topic", "audit", "--yes", "--output", "json"];
        var first = NewAlarm(arguments);
        Assert.True(first.ExitCode == ExitCode.Ok, first.Error);
        var json = Assert.Single(first.JsonLines);
        Assert.True(json.GetProperty("Succeeded").GetBoolean());
        Assert.All(json.GetProperty("Steps").EnumerateArray(), s => Assert.Equal("Done", s.GetProperty("State").GetString()));
        Assert.All(json.GetProperty("Trials").EnumerateArray(), t => Assert.True(t.GetProperty("IsRight").GetBoolean()));

        var second = Assert.Single(NewAlarm(arguments).JsonLines);
        Assert.False(second.GetProperty("HasChanges").GetBoolean());
    }

    [Fact]
    public void Without_yes_nobody_is_asked_where_nobody_looks_and_nothing_is_written()
    {
        var run = NewAlarm("--preset", "DeliveryFailure", "--bucket", Bucket);
        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains("--yes", run.Error, StringComparison.Ordinal);
        Assert.Contains("\"alarms\":[]", server.GetState(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("column 9", "--pattern", "{ $.a = }")]
    [InlineData("no preset", "--preset", "Nothing")]
    [InlineData("preset or a filter pattern")]
    [InlineData("e-mail", "--preset", "SigV2Use", "--email", "nobody")]
    [InlineData("name of a bucket", "--preset", "SigV2Use", "--bucket", "arn:aws:s3:::b")]
    [InlineData("60 seconds", "--preset", "SigV2Use", "--period", "61")]
    public void Wrong_usage_is_2_and_says_why(string message, params string[] arguments)
    {
        var run = NewAlarm([.. arguments, "--yes"]);
        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_obstacle_is_1_and_a_missing_permission_3()
    {
        var missed = NewAlarm("--preset", "DeliveryFailure", "--pattern", "{ $.errorCode = \"Other\" }", "--yes");
        Assert.Equal(ExitCode.Wrong, missed.ExitCode);
        Assert.Contains("flow log refused", missed.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Wrong, CliRun.Of("new-alarm", "--preset", "SigV2Use", "--log-group", "none", "--yes", "--endpoint-url", server.Endpoint.AbsoluteUri).ExitCode);

        server.SetFaults("""{"operation":"logs:PutMetricFilter","deny":true}""");
        var denied = NewAlarm("--preset", "DeliveryFailure", "--bucket", Bucket, "--topic", "audit", "--yes");
        Assert.Equal(ExitCode.Unknown, denied.ExitCode);
        Assert.Contains("Done: Topic audit. Failed: MetricFilter", denied.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Samples_are_read_from_files()
    {
        using var file = new TemporaryFile("{\"eventName\":\"ConsoleLogin\"}\n{\"eventName\":\"AssumeRole\"}\n");
        var run = NewAlarm("--pattern", "{ $.eventName = \"ConsoleLogin\" }", "--samples", file.Path, "--dry-run");
        Assert.Equal(ExitCode.Wrong, run.ExitCode);
        Assert.Contains("#2", run.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, NewAlarm("--preset", "SigV2Use", "--samples", "/no/such/file", "--dry-run").ExitCode);
    }

    [Fact]
    public void Templates_go_to_standard_output_or_into_a_file()
    {
        var shown = CliRun.Of("export-template", "--preset", "sigv2use", "--bucket", Bucket);
        Assert.Equal(ExitCode.Ok, shown.ExitCode);
        Assert.Contains("AWSTemplateFormatVersion: '2010-09-09'\n", shown.Output, StringComparison.Ordinal);
        using var file = new TemporaryFile(string.Empty);
        Assert.Equal(ExitCode.Ok, CliRun.Of("export-template", "--preset", "SigV2Use", "--bucket", Bucket, "--out", file.Path).ExitCode);
        Assert.Equal(shown.Output, File.ReadAllText(file.Path));
        Assert.Equal(ExitCode.Usage, CliRun.Of("export-template", "--preset", "Nothing").ExitCode);
        Assert.Equal(ExitCode.Usage, CliRun.Of("export-template", "--preset", "SigV2Use", "--out", "/no/such/folder/file").ExitCode);
    }

    private CliRun NewAlarm(params string[] arguments)
        => CliRun.Of(["new-alarm", "--log-group", "trail-events", .. arguments, "--endpoint-url", server.Endpoint.AbsoluteUri]);
}
