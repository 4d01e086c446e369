using System.Text.Json;
using LogDelivery.Sandbox;
using Xunit;

namespace LogDelivery.Cli.Tests;

/// <summary>Repairs in AWS from the command line, on a sandbox: exit codes and what is printed.</summary>
public sealed class LiveRepairTests : IDisposable
{
    private const string Bucket = "amzn-s3-demo-trail-logs";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("logdelivery-cli-");
    private readonly SandboxServer server = SandboxServer.Start(new SandboxOptions { Scenario = File.ReadAllText(CliRun.Sample(Path.Combine("scenarios", "renamed-trail.json"))) });

    static LiveRepairTests()
    {
        Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", "sandbox");
        Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", "sandbox");
        Environment.SetEnvironmentVariable("AWS_REGION", "us-east-1");
    }

    private string Backups => Path.Combine(folder.FullName, "backups");

    public void Dispose()
    {
        server.Dispose();
        folder.Delete(recursive: true);
    }

    [Fact]
    public void A_repair_exits_with_0_and_so_does_the_next_one()
    {
        var first = Repair("--yes");
        Assert.True(first.ExitCode == ExitCode.Ok, first.Output + first.Error);
        Assert.Contains("Repaired", first.Output, StringComparison.Ordinal);
        Assert.Contains("0 in excess", first.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Ok, Repair("--yes").ExitCode);
        server.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(ExitCode.Ok, CliRun.Of("health", "--endpoint-url", server.Endpoint.AbsoluteUri).ExitCode);
    }

    [Theory]
    [InlineData("--what-if")]
    [InlineData("--what-if", "--yes")]
    [InlineData]
    public void What_is_only_shown_exits_with_1_and_writes_nothing(params string[] more)
    {
        var run = Repair(more);
        Assert.Equal(ExitCode.Wrong, run.ExitCode);
        Assert.Contains("+       \"aws:SourceArn\": [", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("PutBucketPolicy", server.GetState(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Backups) && Directory.GetFiles(Backups, "2*.json").Length > 0);
    }

    [Fact]
    public void Json_is_one_record_per_document()
    {
        var record = Assert.Single(Repair("--yes", "--output", "json").JsonLines);
        Assert.Equal("Repaired", record.GetProperty("Outcome").GetString());
        Assert.Equal("Bucket", record.GetProperty("Target").GetString());
        Assert.True(record.GetProperty("IsLetIn").GetBoolean());
        Assert.Equal(64, record.GetProperty("AfterSha256").GetString()!.Length);
        Assert.Equal(0, record.GetProperty("Certificate").GetProperty("Excess").GetInt64());
        var lines = File.ReadAllLines(Path.Combine(Backups, "journal.jsonl")).Select(l => JsonDocument.Parse(l).RootElement.GetProperty("Outcome").GetString());
        Assert.Equal(["Started", "Repaired"], lines);
    }

    [Fact]
    public void A_bucket_of_another_account_exits_with_1_and_is_not_written()
    {
        var run = Repair("--yes", "--expected-bucket-owner", "444455556666");
        Assert.Equal(ExitCode.Wrong, run.ExitCode);
        Assert.Contains("LD0080", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void No_permission_exits_with_3()
    {
        server.SetFaults("""{"rules":[{"operation":"s3:PutBucketPolicy","deny":true}]}""");
        var run = Repair("--yes");
        Assert.Equal(ExitCode.Unknown, run.ExitCode);
        Assert.Contains("s3:PutBucketPolicy", run.Output + run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Expired_credentials_exit_with_3()
    {
        server.SetFaults("""{"rules":[{"expired":true}]}""");
        var run = Repair("--yes");
        Assert.Equal(ExitCode.Unknown, run.ExitCode);
        Assert.Contains("Nothing was written", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_change_after_the_reading_exits_with_1()
    {
        server.SetFaults("""{"policyChanges":[{"bucket":"amzn-s3-demo-trail-logs","policy":{"Version":"2012-10-17","Statement":[]}}]}""");
        var run = Repair("--yes");
        Assert.Equal(ExitCode.Wrong, run.ExitCode);
        Assert.Contains("PolicyChanged", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_delivery_that_is_waited_for_in_vain_exits_with_3()
        => Assert.Equal(ExitCode.Unknown, Repair("--yes", "--wait", "--wait-timeout", "1", "--polling-interval", "1").ExitCode);

    [Fact]
    public void A_repair_is_listed_and_put_back()
    {
        Assert.Equal(ExitCode.Ok, Repair("--yes").ExitCode);
        var backup = Assert.Single(Restore("--list", "--output", "json").JsonLines);
        var id = backup.GetProperty("Id").GetString()!;
        Assert.Contains(id, Restore("--list", "--bucket", Bucket).Output, StringComparison.Ordinal);
        Assert.DoesNotContain(id, Restore("--list", "--bucket", "other").Output, StringComparison.Ordinal);
        Assert.Equal("Vouched", backup.GetProperty("Vouching").GetString());
        Assert.Equal(ExitCode.Wrong, Restore(id).ExitCode);
        Assert.Equal(ExitCode.Wrong, Restore(id, "--what-if", "--yes", "--force").ExitCode);
        Assert.Equal(ExitCode.Ok, Restore(id, "--yes").ExitCode);
        Assert.Equal(ExitCode.Ok, Restore(id, "--yes").ExitCode);
        var repaired = Restore("--list", "--output", "json").JsonLines[0].GetProperty("Id").GetString()!;
        var wider = Restore(repaired, "--yes");
        Assert.Equal(ExitCode.Wrong, wider.ExitCode);
        Assert.Contains("--allow-wider-access", wider.Output, StringComparison.Ordinal);
        Assert.Contains("Gained: ", wider.Output, StringComparison.Ordinal);
        Assert.Contains("Gained: ", Restore(repaired, "--what-if", "--allow-wider-access").Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Ok, Repair("--yes", "--source", "VpcFlowLogs").ExitCode);
        var changed = Restore(Path.Combine(Backups, $"{id}.json"), "--yes", "--output", "json");
        Assert.Equal("PolicyChanged", Assert.Single(changed.JsonLines).GetProperty("Outcome").GetString());
        Assert.Equal(ExitCode.Wrong, changed.ExitCode);
        Assert.Equal(ExitCode.Ok, Restore(id, "--yes", "--force").ExitCode);
    }

    [Fact]
    public void A_broken_journal_vouches_for_nothing_and_exits_with_3()
    {
        Assert.Equal(ExitCode.Ok, Repair("--yes").ExitCode);
        var journal = Path.Combine(Backups, "journal.jsonl");
        File.WriteAllText(journal, File.ReadAllText(journal).Replace(Bucket, "amzn-s3-demo-other", StringComparison.Ordinal));
        var list = Restore("--list", "--output", "json");
        Assert.Equal(ExitCode.Unknown, list.ExitCode);
        Assert.Contains("line 1 was changed", list.Error, StringComparison.Ordinal);
        var backup = Assert.Single(list.JsonLines);
        Assert.Equal("Unvouched", backup.GetProperty("Vouching").GetString());
        var id = backup.GetProperty("Id").GetString()!;
        var refused = Restore(id, "--yes");
        Assert.Equal(ExitCode.Usage, refused.ExitCode);
        Assert.Contains("--accept-unvouched", refused.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Ok, Restore(id, "--yes", "--accept-unvouched").ExitCode);
    }

    [Theory]
    [InlineData("repair-policy", "--live")]
    [InlineData("repair-policy", "--live", "--bucket", Bucket, "--policy", "x.json")]
    [InlineData("repair-policy", "--live", "--bucket", Bucket, "--encryption", "SseS3")]
    [InlineData("repair-policy", "--live", "--bucket", Bucket, "--source", "Nothing")]
    [InlineData("repair-policy", "--live", "--bucket", Bucket, "--expected-bucket-owner", "me")]
    [InlineData("repair-policy", "--live", "--bucket", Bucket, "--wait-timeout", "0")]
    [InlineData("repair-policy", "--live", "--bucket", "arn:aws:s3:::amzn-s3-demo-trail-logs")]
    [InlineData("repair-policy", "--live", "--bucket", "../../etc")]
    [InlineData("repair-policy", "--live", "--bucket", Bucket, "--trail-arn", "management")]
    [InlineData("repair-policy", "--live", "--bucket", Bucket, "--source-arn", "arn:aws:s3:::amzn-s3-demo-bucket")]
    [InlineData("repair-policy", "--live", "--bucket", Bucket, "--source", "VpcFlowLogs", "--trail-arn", "arn:aws:cloudtrail:us-east-1:111122223333:trail/organization")]
    [InlineData("repair-policy", "--bucket", Bucket, "--source", "CloudTrail", "--yes")]
    [InlineData("repair-policy", "--bucket", Bucket, "--source", "CloudTrail", "--account", "111122223333")]
    [InlineData("restore-policy")]
    [InlineData("restore-policy", "no-such-backup", "--yes")]
    public void Wrong_usage_exits_with_2(params string[] args)
    {
        string[] where = args is ["repair-policy", "--live", ..] ? ["--endpoint-url", server.Endpoint.AbsoluteUri, "--backup-folder", Backups, "--yes"] : args[0] == "restore-policy" ? ["--backup-folder", Backups] : [];
        Assert.Equal(ExitCode.Usage, CliRun.Of([.. args, .. where]).ExitCode);
        Assert.DoesNotContain("PutBucketPolicy", server.GetState(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_bucket_that_no_trail_delivers_to_exits_with_2()
    {
        var run = CliRun.Of("repair-policy", "--live", "--bucket", "amzn-s3-demo-trail-logs", "--account", "444455556666", "--endpoint-url", server.Endpoint.AbsoluteUri);
        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains("TrailArn", run.Error, StringComparison.Ordinal);
    }

    private CliRun Repair(params string[] more)
        => CliRun.Of(["repair-policy", "--live", "--bucket", Bucket, "--endpoint-url", server.Endpoint.AbsoluteUri, "--backup-folder", Backups, .. more]);

    private CliRun Restore(params string[] more)
        => CliRun.Of(["restore-policy", "--endpoint-url", server.Endpoint.AbsoluteUri, "--backup-folder", Backups, .. more]);
}
