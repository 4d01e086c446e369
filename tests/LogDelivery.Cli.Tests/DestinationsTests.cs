using Xunit;

namespace LogDelivery.Cli.Tests;

/// <summary><c>logdelivery destinations</c>: names of properties and exit codes that scripts depend on.</summary>
public sealed class DestinationsTests : IDisposable
{
    private const string Expected = "amzn-s3-demo-audit-logs";
    private const string Other = "amzn-s3-demo-team-logs";

    private static readonly string[] Names =
    [
        "Time", "Source", "Resource", "AccountId", "Region", "BucketName", "KeyPrefix", "KmsKeyId", "Principal", "Action", "ErrorCode", "ErrorMessage",
        "IsExpected", "IsCurrent", "Evidence", "File", "Position", "Findings",
    ];

    private readonly string folder = Directory.CreateTempSubdirectory("logdelivery-").FullName;
    private readonly string sample = CliRun.Sample("destinations");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Json_has_one_object_a_destination()
    {
        var run = CliRun.Of("destinations", sample, "--expected-bucket", Expected, "--output", "json");
        Assert.Equal(ExitCode.Wrong, run.ExitCode);
        Assert.Equal(5, run.JsonLines.Count);
        Assert.All(run.JsonLines, d => Assert.All(Names, name => Assert.True(d.TryGetProperty(name, out _), name)));
        var trail = run.JsonLines[^1];
        Assert.Equal("2026-03-02T09:12:47Z", trail.GetProperty("Time").GetString());
        Assert.Equal(("CloudTrail", Other), (trail.GetProperty("Source").GetString(), trail.GetProperty("BucketName").GetString()));
        Assert.Equal("arn:aws:iam::111122223333:user/contractor", trail.GetProperty("Principal").GetString());
        Assert.Equal("cloudtrail:UpdateTrail", trail.GetProperty("Action").GetString());
        Assert.False(trail.GetProperty("IsExpected").GetBoolean());
        Assert.True(trail.GetProperty("IsCurrent").GetBoolean());
        Assert.Equal("CloudTrail", trail.GetProperty("Evidence").GetString());
        Assert.Equal(["LD0150", "LD0152"], trail.GetProperty("Findings").EnumerateArray().Select(f => f.GetProperty("Id").GetString()));
        Assert.Contains("LD0152", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void All_gives_each_call()
    {
        var run = CliRun.Of("destinations", sample, "--all", "--source", "cloudtrail", "--output", "json");
        Assert.Equal([(Expected, false), (Other, true)], run.JsonLines.Select(d => (d.GetProperty("BucketName").GetString(), d.GetProperty("IsCurrent").GetBoolean())));
        Assert.Equal(ExitCode.Ok, run.ExitCode);
    }

    [Theory]
    [InlineData(ExitCode.Ok, "--source", "VpcFlowLogs")]
    [InlineData(ExitCode.Ok, "--source", "CloudTrail", "--expected-bucket", Expected, Other)]
    [InlineData(ExitCode.Ok, "--expected-bucket", Expected, "--before", "2026-03-02T08:06:00Z")]
    [InlineData(ExitCode.Wrong, "--expected-bucket", Expected, "--expected-bucket", "another", "--source", "CloudTrail")]
    [InlineData(ExitCode.Wrong)]
    [InlineData(ExitCode.Usage, "--source", "nothing")]
    public void The_exit_code_says_whether_something_is_wrong(int exitCode, params string[] options)
        => Assert.Equal(exitCode, CliRun.Of(["destinations", sample, .. options]).ExitCode);

    [Fact]
    public void After_shows_what_was_set_since_then_and_still_knows_what_was_before()
    {
        var run = CliRun.Of("destinations", sample, "--expected-bucket", Expected, "--after", "2026-03-02T09:00:00Z", "--output", "json");
        Assert.Equal(["LD0150", "LD0152"], Assert.Single(run.JsonLines).GetProperty("Findings").EnumerateArray().Select(f => f.GetProperty("Id").GetString()));
    }

    [Fact]
    public void What_cannot_be_read_exits_with_3_and_the_rest_is_told()
    {
        File.WriteAllText(Path.Combine(folder, "a.html"), "<html></html>");
        var run = CliRun.Of("destinations", folder, sample, "--output", "json");
        Assert.Equal(ExitCode.Unknown, run.ExitCode);
        Assert.Equal(5, run.JsonLines.Count);
        Assert.Contains("a.html", run.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Unknown, CliRun.Of("destinations", Path.Combine(folder, "none.json")).ExitCode);
    }

    [Fact]
    public void Csv_and_table_are_for_others()
    {
        var csv = CliRun.Of("destinations", sample, "--output", "csv").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("Time,Source,LogType,State,IsExpected,Findings,BucketName,KeyPrefix,", csv[0], StringComparison.Ordinal);
        Assert.Equal(6, csv.Length);
        var table = CliRun.Of("destinations", sample, "--expected-bucket", Expected).Output;
        Assert.Contains("VpcFlowLogs    current  True        LD0153 ", table, StringComparison.Ordinal);
        Assert.Contains("Warning LD0150 The source delivers into an unexpected bucket: ", table, StringComparison.Ordinal);
        Assert.Contains("5 destinations in 1 files read", table, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_without_such_calls_are_all_well()
    {
        var run = CliRun.Of("destinations", CliRun.Sample("logs"), "--expected-bucket", "amzn-s3-demo-flow-logs");
        Assert.Equal(ExitCode.Ok, run.ExitCode);
        Assert.StartsWith("0 destinations in 2 files read", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_named_is_wrong_usage() => Assert.Equal(ExitCode.Usage, CliRun.Of("destinations").ExitCode);

    [Fact]
    public void The_place_of_an_event_can_be_looked_up()
    {
        var trail = CliRun.Of("destinations", sample, "--source", "CloudTrail", "--output", "json").JsonLines.Single();
        var text = File.ReadAllText(trail.GetProperty("File").GetString()!);
        Assert.StartsWith("{\"eventVersion\"", text[trail.GetProperty("Position").GetInt32()..], StringComparison.Ordinal);
    }
}
