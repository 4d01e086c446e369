using Xunit;

namespace LogDelivery.Cli.Tests;

/// <summary><c>logdelivery signatures</c>: names of properties and exit codes that scripts depend on.</summary>
public sealed class SignaturesTests : IDisposable
{
    private static readonly string[] Names = ["Arn", "UserAgent", "BucketName", "Version", "Count", "FirstSeen", "LastSeen"];

    private readonly string folder = Directory.CreateTempSubdirectory("logdelivery-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Json_has_one_object_a_group_with_exactly_these_properties()
    {
        var run = CliRun.Of("signatures", CliRun.Sample("object-access"), "--version", "SigV2", "--output", "json");
        Assert.Equal(ExitCode.Wrong, run.ExitCode);
        var group = Assert.Single(run.JsonLines);
        Assert.Equal(Names, group.EnumerateObject().Select(p => p.Name));
        Assert.Equal("arn:aws:iam::111122223333:user/backup", group.GetProperty("Arn").GetString());
        Assert.Equal(2, group.GetProperty("Count").GetInt64());
        Assert.Equal("2026-02-02T08:05:10Z", group.GetProperty("FirstSeen").GetString());
        Assert.Equal("2026-02-02T08:06:11Z", group.GetProperty("LastSeen").GetString());
    }

    [Fact]
    public void Nothing_old_exits_with_0()
    {
        var run = CliRun.Of("signatures", CliRun.Sample("logs"), "--version", "SigV2");
        Assert.Equal(ExitCode.Ok, run.ExitCode);
        Assert.StartsWith("No request signed with SigV2 in 2 files read", run.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Ok, CliRun.Of("signatures", CliRun.Sample("logs")).ExitCode);
    }

    [Fact]
    public void What_cannot_be_read_exits_with_3_and_the_rest_is_told()
    {
        File.WriteAllText(Path.Combine(folder, "a.html"), "<html></html>");
        var run = CliRun.Of("signatures", folder, CliRun.Sample("object-access"), "--version", "SigV2", "--output", "json");
        Assert.Equal(ExitCode.Unknown, run.ExitCode);
        Assert.Single(run.JsonLines);
        Assert.Contains("a.html", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_line_is_told_with_its_place()
    {
        var lines = File.ReadAllLines(CliRun.Sample("logs/access.log"));
        var path = Path.Combine(folder, "access.log");
        File.WriteAllText(path, $"{lines[0]}\n{lines[0][..(lines[0].Length / 2)]}\n{lines[0]}\n");
        var run = CliRun.Of("signatures", path, "--output", "json");
        Assert.Equal(ExitCode.Unknown, run.ExitCode);
        Assert.Equal(2, Assert.Single(run.JsonLines).GetProperty("Count").GetInt64());

        // The place is that of the field that the line does not hold in full.
        var second = lines[0].Length + 1;
        Assert.StartsWith($"{path}, offset {second + lines[0].IndexOf("AWSLogs", StringComparison.Ordinal)}: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Csv_and_table_are_for_others()
    {
        Assert.StartsWith("Version,Count,FirstSeen,LastSeen,BucketName,Arn,UserAgent\nSigV2,2,", CliRun.Of("signatures", CliRun.Sample("object-access"), "--version", "sigv2", "--output", "csv").Output, StringComparison.Ordinal);
        Assert.Contains("SigV2    2 ", CliRun.Of("signatures", CliRun.Sample("object-access"), "--bucket", "amzn-s3-demo-confidential").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_named_is_wrong_usage() => Assert.Equal(ExitCode.Usage, CliRun.Of("signatures").ExitCode);
}
