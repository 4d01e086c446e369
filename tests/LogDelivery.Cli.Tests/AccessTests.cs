using Xunit;

namespace LogDelivery.Cli.Tests;

/// <summary><c>logdelivery access</c>: who did what with objects.</summary>
public sealed class AccessTests
{
    private static readonly string Sample = CliRun.Sample("object-access");

    [Fact]
    public void Each_access_has_a_caller_that_is_told_apart()
    {
        var run = CliRun.Of("access", Sample, "--output", "json");
        Assert.Equal(
            ["VpcEndpoint", "PublicAddress", "PublicAddress", "Lambda", "Athena", "Console", "CrossAccount", "Anonymous", "Service"],
            run.JsonLines.Select(l => l.GetProperty("Caller").GetString()));
        Assert.Equal("payroll-report", run.JsonLines[3].GetProperty("CallerName").GetString());
        Assert.Equal(48211, run.JsonLines[0].GetProperty("BytesTransferredOut").GetInt64());
    }

    [Fact]
    public void Traps_are_findings_and_exit_with_1()
    {
        var run = CliRun.Of("access", Sample, "--caller", "Console", "--output", "json");
        Assert.Equal(ExitCode.Wrong, run.ExitCode);
        Assert.Single(run.JsonLines);
        Assert.Contains("LD0090", run.Error, StringComparison.Ordinal);
        Assert.Contains("LD0091", run.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Ok, CliRun.Of("access", CliRun.Sample("logs")).ExitCode);
    }

    [Fact]
    public void Known_callers_are_left_out()
    {
        var run = CliRun.Of(
            "access", Sample, "--access", "Read", "--minimum-bytes", "1000", "--output", "json",
            "--exclude", "10.0.0.0/8", "arn:aws:iam::111122223333:user/*", "Lambda:payroll*", "Athena", "arn:aws:iam::111122223333:role/Analyst");
        Assert.Equal("444455556666", Assert.Single(run.JsonLines).GetProperty("AccountId").GetString());
    }

    [Fact]
    public void A_summary_adds_up()
    {
        var run = CliRun.Of("access", Sample, "--summary", "--bucket", "amzn-s3-demo-confidential", "--output", "json");
        Assert.Equal(8, run.JsonLines.Count);
        Assert.Equal(1, run.JsonLines.Single(l => l.GetProperty("Caller").GetString() == "Anonymous").GetProperty("Errors").GetInt64());
    }

    [Fact]
    public void A_caller_that_is_none_is_wrong_usage()
    {
        var run = CliRun.Of("access", Sample, "--exclude", "10.0.0.0/99");
        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains("10.0.0.0/99", run.Error, StringComparison.Ordinal);
    }
}
