using LogDelivery.Repair;
using Xunit;

namespace LogDelivery.LiveRepair.Tests;

public sealed class JournalTests : IDisposable
{
    private static readonly PolicyRepairRecord Record = new() { BucketName = "amzn-s3-demo-trail-logs" };

    private readonly string folder = Directory.CreateTempSubdirectory("logdelivery-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Somebody_who_reads_along_stops_no_writer()
    {
        Assert.SkipUnless(OperatingSystem.IsWindows(), "Elsewhere a reader holds nothing.");
        var journal = new RepairJournal(Path.Combine(folder, "journal.jsonl"));
        journal.Add(Record);
        using var reader = new FileStream(journal.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        journal.Add(Record);
        Assert.Equal(2, File.ReadAllLines(journal.Path).Length);
    }

    [Fact]
    public async Task Many_writers_spoil_no_line()
    {
        var journal = new RepairJournal(Path.Combine(folder, "journal.jsonl"));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 5; i++)
            {
                journal.Add(Record);
            }
        }, TestContext.Current.CancellationToken)));
        var lines = File.ReadAllLines(journal.Path);
        Assert.Equal(40, lines.Length);
        var check = journal.Verify();
        Assert.Equal((true, 40), (check.IsValid, check.Entries));
    }

    [Theory]
    [InlineData("changed")]
    [InlineData("last changed")]
    [InlineData("removed")]
    [InlineData("inserted")]
    [InlineData("exchanged")]
    [InlineData("unlinked")]
    public void What_is_done_to_a_line_is_found(string what)
    {
        var journal = Written(4, out _);
        var lines = File.ReadAllLines(journal.Path).ToList();
        switch (what)
        {
            case "changed":
                lines[1] = lines[1].Replace("amzn-s3-demo-trail-logs", "amzn-s3-demo-trail-logz", StringComparison.Ordinal);
                break;
            case "last changed":
                lines[3] = lines[3].Replace("amzn-s3-demo-trail-logs", "amzn-s3-demo-trail-logz", StringComparison.Ordinal);
                break;
            case "removed":
                lines.RemoveAt(1);
                break;
            case "inserted":
                lines.Insert(2, lines[1]);
                break;
            case "exchanged":
                (lines[1], lines[2]) = (lines[2], lines[1]);
                break;
            default:
                lines.Add("""{"BackupId":"x"}""");
                break;
        }

        File.WriteAllText(journal.Path, string.Join('\n', lines) + "\n");
        var check = journal.Verify();
        Assert.False(check.IsValid);
        Assert.Contains("line", check.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_journal_of_an_older_version_is_taken_up_to_its_end()
    {
        var backup = new PolicyBackup { Id = "old", Document = "{}" };
        var path = Path.Combine(folder, "journal.jsonl");
        File.WriteAllText(path, $$"""{"BackupId":"old","BeforeSha256":"{{SamePolicy.HashOf("{}")}}","AfterSha256":null}""" + "\n");
        var journal = new RepairJournal(path);
        journal.Add(Record);
        var check = journal.Verify();
        Assert.Equal((true, 1L, 1L), (check.IsValid, check.Unchained, check.Entries));
        Assert.Equal(PolicyBackupVouching.Unchained, check.Of(backup));
        Assert.Equal(PolicyBackupVouching.Unvouched, check.Of(backup with { Document = "{ }" }));
        File.WriteAllText(path, File.ReadAllText(path).Replace("old", "new", StringComparison.Ordinal));
        Assert.False(journal.Verify().IsValid);
    }

    [Fact]
    public void An_entry_vouches_for_the_whole_of_a_backup()
    {
        var journal = Written(1, out var backup);
        var check = journal.Verify();
        Assert.Equal(PolicyBackupVouching.Vouched, check.Of(backup));
        Assert.Equal(PolicyBackupVouching.Unvouched, check.Of(backup with { Document = "{}" }));
        Assert.Equal(PolicyBackupVouching.Unvouched, check.Of(backup with { Resource = "arn:aws:s3:::other" }));
        Assert.Equal(PolicyBackupVouching.Unvouched, check.Of(backup with { Id = "other" }));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_torn_last_line_is_mended_and_noted(bool isWhole)
    {
        var journal = Written(2, out _);
        var bytes = File.ReadAllBytes(journal.Path);
        File.WriteAllBytes(journal.Path, bytes[..^(isWhole ? 1 : 30)]);
        Assert.Equal((true, true), (journal.Verify().IsValid, journal.Verify().IsTorn));
        journal.Add(Record);
        var check = journal.Verify();
        Assert.Equal((true, false, isWhole ? 3L : 2L), (check.IsValid, check.IsTorn, check.Entries));
        Assert.Contains("\"Mended\"", File.ReadAllLines(journal.Path)[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_is_not_followed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Making a link needs a privilege.");
        var target = Path.Combine(folder, "target");
        File.WriteAllText(target, "mine\n");
        var journal = new RepairJournal(Path.Combine(folder, "journal.jsonl"));
        File.CreateSymbolicLink(journal.Path, target);
        Assert.Equal(BackupProblem.NotTrusted, Assert.Throws<BackupException>(() => journal.Add(Record)).Problem);
        Assert.Equal(BackupProblem.NotTrusted, Assert.Throws<BackupException>(journal.Verify).Problem);
        Assert.Equal("mine\n", File.ReadAllText(target));
    }

    [Fact]
    public void A_journal_that_others_may_write_is_refused_with_the_command_that_mends_it()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no file modes.");
            return;
        }

        var journal = Written(1, out _);
        File.SetUnixFileMode(journal.Path, File.GetUnixFileMode(journal.Path) | UnixFileMode.OtherWrite);
        Assert.Contains($"chmod go-w '{journal.Path}'", Assert.Throws<BackupException>(() => journal.Add(Record)).Message, StringComparison.Ordinal);
        File.SetUnixFileMode(journal.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.GroupWrite);
        Assert.Contains($"chmod go-w '{folder}'", Assert.Throws<BackupException>(journal.Verify).Message, StringComparison.Ordinal);
    }

    private RepairJournal Written(int entries, out PolicyBackup backup)
    {
        backup = new() { Id = "one", Resource = "arn:aws:s3:::amzn-s3-demo-bucket", Document = """{"Statement":[]}""" };
        var journal = new RepairJournal(Path.Combine(folder, "journal.jsonl"));
        for (var i = 0; i < entries; i++)
        {
            journal.Add(Record with { Kept = [backup] });
        }

        return journal;
    }
}
