using LogDelivery.Repair;
using LogDelivery.Sources;
using Xunit;

namespace LogDelivery.LiveRepair.Tests;

/// <summary>The way back: backups as they are kept, and put back as carefully as repairs are written.</summary>
public class RestoreTests
{
    private const string OldTrail = "arn:aws:cloudtrail:us-east-1:111122223333:trail/renamed";

    [Fact]
    public async Task A_repair_is_undone_to_the_byte()
    {
        using var sandbox = await RepairedAsync();
        var backup = Assert.Single(Backups(sandbox));
        var record = await RestoreAsync(sandbox, backup);
        Assert.Equal(PolicyRepairOutcome.Restored, record.OutcomeValue);
        Assert.Equal(backup.Document, await sandbox.PolicyAsync());
        Assert.Equal(["Restore", "Repair"], Backups(sandbox).Select(b => b.Reason));
        Assert.Equal(["Started", "Repaired", "Started", "Restored"], sandbox.JournalLines().Select(l => (string?)l["Outcome"]));
    }

    [Fact]
    public async Task What_is_there_already_is_not_written()
    {
        using var sandbox = await RepairedAsync();
        var backup = Backups(sandbox)[0];
        await RestoreAsync(sandbox, backup);
        var writes = sandbox.Writes();
        Assert.Equal(PolicyRepairOutcome.NothingToDo, (await RestoreAsync(sandbox, backup)).OutcomeValue);
        Assert.Equal(writes, sandbox.Writes());
    }

    [Fact]
    public async Task Somebody_elses_change_is_not_lost_unless_forced()
    {
        using var sandbox = await RepairedAsync();
        var backup = Backups(sandbox)[0];
        await sandbox.Session.Buckets.PutPolicyAsync(LiveSandbox.Bucket, LiveSandbox.TrailPolicy(), LiveSandbox.Cancel);
        var refused = await RestoreAsync(sandbox, backup);
        Assert.Equal(PolicyRepairOutcome.PolicyChanged, refused.OutcomeValue);
        Assert.Equal(LiveSandbox.TrailPolicy(), await sandbox.PolicyAsync());
        var forced = await RestoreAsync(sandbox, backup, force: true);
        Assert.Equal(PolicyRepairOutcome.Restored, forced.OutcomeValue);
        Assert.Contains(Backups(sandbox), b => b.Document == LiveSandbox.TrailPolicy());
    }

    [Fact]
    public async Task A_change_between_the_question_and_the_answer_is_noticed_even_when_forced()
    {
        using var sandbox = await RepairedAsync();
        var restore = new LiveRestore(sandbox.Session, sandbox.RestoreOptions() with { Force = true });
        var plan = await restore.PlanAsync(Backups(sandbox)[0], LiveSandbox.Cancel);
        await sandbox.Session.Buckets.PutPolicyAsync(LiveSandbox.Bucket, LiveSandbox.TrailPolicy(), LiveSandbox.Cancel);
        Assert.Equal(PolicyRepairOutcome.PolicyChanged, (await restore.ApplyAsync(plan, _ => RepairConsent.Yes, LiveSandbox.Cancel)).OutcomeValue);
        Assert.Equal(LiveSandbox.TrailPolicy(), await sandbox.PolicyAsync());
    }

    [Theory]
    [InlineData(RepairConsent.No, PolicyRepairOutcome.Declined)]
    [InlineData(RepairConsent.ShowOnly, PolicyRepairOutcome.Planned)]
    public async Task What_is_not_confirmed_is_not_written(object consent, PolicyRepairOutcome outcome)
    {
        using var sandbox = await RepairedAsync();
        var restore = new LiveRestore(sandbox.Session, sandbox.RestoreOptions());
        var plan = await restore.PlanAsync(Backups(sandbox)[0], LiveSandbox.Cancel);
        Assert.NotEmpty(plan.Diff);
        Assert.Equal(outcome, (await restore.ApplyAsync(plan, _ => (RepairConsent)consent, LiveSandbox.Cancel)).OutcomeValue);
        Assert.Single(Backups(sandbox));
        Assert.Equal(1, sandbox.Writes());
    }

    [Fact]
    public async Task A_key_policy_that_locks_everybody_out_is_not_put_back()
    {
        using var sandbox = await LiveSandbox.StartAsync(LiveSandbox.TrailScenario(more: $$""", "keys": [ { "id": "{{LiveSandbox.Key[(LiveSandbox.Key.LastIndexOf('/') + 1)..]}}" } ]"""));
        const string Orphaned = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"kms:Decrypt","Resource":"*"}]}""";
        var backup = sandbox.Backups.Save(new() { TargetValue = PolicyTarget.Key, Resource = LiveSandbox.Key, BucketName = LiveSandbox.Bucket, AccountId = LiveSandbox.Account, Document = Orphaned });
        var record = await RestoreAsync(sandbox, backup, force: true, acceptUnvouched: true);
        Assert.Equal(PolicyRepairOutcome.Blocked, record.OutcomeValue);
        Assert.Contains("LD0081", record.Explanation, StringComparison.Ordinal);
        Assert.Equal(0, sandbox.Writes());
    }

    [Fact]
    public async Task A_bucket_policy_that_locks_the_caller_out_is_not_put_back()
    {
        using var sandbox = await RepairedAsync();
        const string Locked = """{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"s3:PutBucketPolicy","Resource":"arn:aws:s3:::amzn-s3-demo-bucket"}]}""";
        var backup = sandbox.Backups.Save(Backups(sandbox)[0] with { Document = Locked });
        var record = await RestoreAsync(sandbox, backup, force: true, acceptUnvouched: true);
        Assert.Equal(PolicyRepairOutcome.Blocked, record.OutcomeValue);
        Assert.Contains("s3:PutBucketPolicy", record.Explanation, StringComparison.Ordinal);
        Assert.Equal(1, sandbox.Writes());
    }

    [Fact]
    public async Task Backups_are_for_their_owner_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no file modes.");
            return;
        }

        using var sandbox = await RepairedAsync();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Assert.Single(sandbox.BackupFiles)));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(sandbox.Journal.Path));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(sandbox.Backups.Path));
    }

    [Fact]
    public async Task A_backup_that_was_cut_or_edited_is_not_used()
    {
        using var sandbox = await RepairedAsync();
        var file = Assert.Single(sandbox.BackupFiles);
        var text = await File.ReadAllTextAsync(file, LiveSandbox.Cancel);
        foreach (var (bad, problem) in new[]
        {
            (text.Replace("AclCheck", "AclCheque", StringComparison.Ordinal), BackupProblem.Damaged),
            (text[..(text.Length / 2)], BackupProblem.Damaged),
            ("null", BackupProblem.Damaged),
            ("{}", BackupProblem.Damaged),
            (string.Empty, BackupProblem.Damaged),
        })
        {
            await File.WriteAllTextAsync(file, bad, LiveSandbox.Cancel);
            Assert.Equal(problem, Assert.Throws<BackupException>(() => PolicyBackupFolder.Read(file)).Problem);
        }

        Assert.Equal(BackupProblem.NotFound, Assert.Throws<BackupException>(() => sandbox.Backups.Find("nothing")).Problem);
        Assert.Equal(BackupProblem.NotFound, Assert.Throws<BackupException>(() => sandbox.Backups.Find("../../etc/passwd")).Problem);
    }

    [Fact]
    public async Task Documents_of_any_text_come_back_as_they_were()
    {
        using var sandbox = await LiveSandbox.StartAsync();
        foreach (var text in new[] { "{}", "{\"Sid\":\"監査 🪵 \\u00e9 \\\" </script>\"}", "{\r\n\t\"a\": 1.0\r\n}\n", new string('x', 20_480) })
        {
            var kept = sandbox.Backups.Save(new() { TargetValue = PolicyTarget.Bucket, Resource = "arn:aws:s3:::b", BucketName = "b", Document = text, Time = DateTime.UtcNow });
            Assert.Equal(text, sandbox.Backups.Find(kept.Id).Document);
        }
    }

    [Fact]
    public async Task A_backup_that_lets_in_more_is_not_put_back_unless_it_is_allowed()
    {
        using var sandbox = await RepairedAsync();
        await RestoreAsync(sandbox, Assert.Single(Backups(sandbox)));
        var restore = new LiveRestore(sandbox.Session, sandbox.RestoreOptions() with { AllowWiderAccess = false });
        var plan = await restore.PlanAsync(Backups(sandbox)[0], LiveSandbox.Cancel);
        Assert.True(plan.Widens);
        Assert.Contains(plan.Access, a => a.StartsWith("Gained", StringComparison.Ordinal) && a.Contains(LiveSandbox.Trail, StringComparison.Ordinal));
        var record = await restore.ApplyAsync(plan, _ => RepairConsent.Yes, LiveSandbox.Cancel);
        Assert.Equal(PolicyRepairOutcome.Blocked, record.OutcomeValue);
        Assert.Contains("--allow-wider-access", record.Explanation, StringComparison.Ordinal);
        Assert.Equal(2, sandbox.Writes());
    }

    [Fact]
    public async Task A_backup_that_only_takes_access_away_needs_no_leave()
    {
        using var sandbox = await LiveSandbox.StartAsync(LiveSandbox.TrailScenario());
        Assert.Equal(PolicyRepairOutcome.Repaired, (await sandbox.RunOneAsync()).OutcomeValue);
        var restore = new LiveRestore(sandbox.Session, sandbox.RestoreOptions() with { AllowWiderAccess = false });
        var plan = await restore.PlanAsync(Assert.Single(Backups(sandbox)), LiveSandbox.Cancel);
        Assert.False(plan.Widens);
        Assert.Equal(PolicyRepairOutcome.Restored, (await restore.ApplyAsync(plan, _ => RepairConsent.Yes, LiveSandbox.Cancel)).OutcomeValue);
    }

    [Fact]
    public async Task An_edited_backup_with_its_hash_made_anew_is_vouched_for_by_nothing()
    {
        using var sandbox = await RepairedAsync();
        var open = Assert.Single(Backups(sandbox)) with { Document = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"*"}]}""" };
        open = open with { Sha256 = SamePolicy.HashOf(open.Document) };
        await File.WriteAllBytesAsync(open.Path!, System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(open, RepairJson.Indented), LiveSandbox.Cancel);
        var forged = Assert.Single(Backups(sandbox));
        Assert.Equal(BackupProblem.Unvouched, (await Assert.ThrowsAsync<BackupException>(() => RestoreAsync(sandbox, forged))).Problem);
        Assert.Equal(1, sandbox.Writes());
    }

    [Fact]
    public async Task Files_that_others_may_write_and_links_are_refused()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no file modes.");
            return;
        }

        using var sandbox = await RepairedAsync();
        var file = Assert.Single(sandbox.BackupFiles);
        File.SetUnixFileMode(file, File.GetUnixFileMode(file) | UnixFileMode.GroupWrite);
        AssertRefused(file, "chmod go-w");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var link = Path.Combine(sandbox.Backups.Path, "link.json");
        File.CreateSymbolicLink(link, file);
        AssertRefused(link, "symbolic link");
        File.Delete(link);
        var folder = Path.Combine(sandbox.Folder, "linked");
        Directory.CreateSymbolicLink(folder, sandbox.Backups.Path);
        AssertRefused(Path.Combine(folder, Path.GetFileName(file)), "symbolic link");
        File.SetUnixFileMode(sandbox.Backups.Path, (UnixFileMode)0b111_111_111);
        AssertRefused(file, "chmod go-w");
        Assert.Equal(BackupProblem.NotTrusted, Assert.Throws<BackupException>(() => sandbox.Backups.Save(new() { BucketName = "b", Resource = "arn:aws:s3:::b" })).Problem);

        static void AssertRefused(string file, string because)
        {
            var refused = Assert.Throws<BackupException>(() => PolicyBackupFolder.Read(file));
            Assert.Equal(BackupProblem.NotTrusted, refused.Problem);
            Assert.Contains(because, refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_a_killed_run_has_left_half_written_is_swept()
    {
        using var sandbox = await RepairedAsync();
        var old = Path.Combine(sandbox.Backups.Path, "a.json.1.tmp");
        var young = Path.Combine(sandbox.Backups.Path, "b.json.2.tmp");
        await File.WriteAllTextAsync(old, "{", LiveSandbox.Cancel);
        await File.WriteAllTextAsync(young, "{", LiveSandbox.Cancel);
        File.SetLastWriteTimeUtc(old, DateTime.UtcNow.AddDays(-1));
        await RestoreAsync(sandbox, Assert.Single(Backups(sandbox)));
        Assert.False(File.Exists(old));
        Assert.True(File.Exists(young));
    }

    private static async Task<LiveSandbox> RepairedAsync()
    {
        var sandbox = await LiveSandbox.StartAsync(LiveSandbox.TrailScenario(LiveSandbox.TrailPolicy(OldTrail)));
        Assert.Equal(PolicyRepairOutcome.Repaired, (await sandbox.RunOneAsync()).OutcomeValue);
        return sandbox;
    }

    private static PolicyBackup[] Backups(LiveSandbox sandbox) => [.. sandbox.BackupFiles.Select(PolicyBackupFolder.Read)];

    private static async Task<PolicyRepairRecord> RestoreAsync(LiveSandbox sandbox, PolicyBackup backup, bool force = false, bool acceptUnvouched = false)
    {
        var restore = new LiveRestore(sandbox.Session, sandbox.RestoreOptions() with { Force = force, AcceptUnvouched = acceptUnvouched });
        return await restore.ApplyAsync(await restore.PlanAsync(backup, LiveSandbox.Cancel), _ => RepairConsent.Yes, LiveSandbox.Cancel);
    }
}
