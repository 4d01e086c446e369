using LogDelivery.Policies;
using LogDelivery.Repair;
using LogDelivery.Sources;
using Xunit;

namespace LogDelivery.LiveRepair.Tests;

/// <summary>One repair from end to end: what is read, shown, kept, written, and said.</summary>
public class LiveRepairTests
{
    private const string OldTrail = "arn:aws:cloudtrail:us-east-1:111122223333:trail/renamed";

    [Fact]
    public async Task A_trail_is_found_by_its_bucket_and_repaired()
    {
        using var sandbox = await LiveSandbox.StartAsync(LiveSandbox.TrailScenario(LiveSandbox.TrailPolicy(OldTrail)));
        var before = await sandbox.PolicyAsync();
        var record = await sandbox.RunOneAsync();
        Assert.Equal(PolicyRepairOutcome.Repaired, record.OutcomeValue);
        Assert.True(record.IsLetIn);
        Assert.Equal(2, record.Edits.Length);
        Assert.True(record.Certificate!.IsValid);
        Assert.Contains(record.NewlyAllowed, n => n.StartsWith("cloudtrail.amazonaws.com s3:PutObject", StringComparison.Ordinal));
        var after = await sandbox.PolicyAsync();
        Assert.Equal((SamePolicy.HashOf(before), SamePolicy.HashOf(after), SamePolicy.HashOf(after)), (record.BeforeSha256, record.AfterSha256, record.PresentSha256));
        Assert.Contains(record.VerdictsBefore, v => v.VerdictValue == Verdict.ImplicitDeny);
        Assert.All(record.VerdictsAfter, v => Assert.True(v.VerdictValue == Verdict.Allowed || v.IsOptional));
        var backup = PolicyBackupFolder.Read(Assert.Single(sandbox.BackupFiles));
        Assert.Equal((before, after, record.BackupId), (backup.Document, backup.RepairedDocument, backup.Id));
        sandbox.Server.Advance(TimeSpan.FromMinutes(5));
        Assert.Null((string?)sandbox.State()["trails"]![0]!["legs"]![0]!["logFiles"]!["error"]);
    }

    [Fact]
    public async Task A_bucket_without_a_policy_gets_one_and_a_restore_takes_it_away_again()
    {
        using var sandbox = await LiveSandbox.StartAsync(LiveSandbox.TrailScenario());
        var record = await sandbox.RunOneAsync();
        Assert.Equal(PolicyRepairOutcome.Repaired, record.OutcomeValue);
        Assert.Null(record.BeforeSha256);
        var restore = new LiveRestore(sandbox.Session, sandbox.RestoreOptions());
        var plan = await restore.PlanAsync(sandbox.Backups.Find(record.BackupId!), LiveSandbox.Cancel);
        var restored = await restore.ApplyAsync(plan, _ => RepairConsent.Yes, LiveSandbox.Cancel);
        Assert.Equal(PolicyRepairOutcome.Restored, restored.OutcomeValue);
        Assert.Null(await sandbox.PolicyAsync());
    }

    [Fact]
    public async Task What_is_right_is_not_written_and_leaves_no_backup()
    {
        using var sandbox = await LiveSandbox.StartAsync(LiveSandbox.TrailScenario(LiveSandbox.TrailPolicy()));
        var record = await sandbox.RunOneAsync();
        Assert.Equal((PolicyRepairOutcome.NothingToDo, true), (record.OutcomeValue, record.IsLetIn));
        Assert.Equal(0, sandbox.Writes());
        Assert.Empty(sandbox.BackupFiles);
        Assert.Equal("NothingToDo", (string?)Assert.Single(sandbox.JournalLines())["Outcome"]);
    }

    [Theory]
    [InlineData(RepairConsent.ShowOnly, PolicyRepairOutcome.Planned)]
    [InlineData(RepairConsent.No, PolicyRepairOutcome.Declined)]
    public async Task What_is_not_confirmed_is_neither_written_nor_kept(object consent, PolicyRepairOutcome outcome)
    {
        using var sandbox = await LiveSandbox.StartAsync(LiveSandbox.TrailScenario());
        var record = await sandbox.RunOneAsync(consent: (RepairConsent)consent, options: sandbox.Options() with { Journal = null });
        Assert.Equal(outcome, record.OutcomeValue);
        Assert.NotEmpty(record.Diff);
        Assert.Equal(0, sandbox.Writes());
        Assert.False(Directory.Exists(sandbox.Backups.Path));
    }

    [Fact]
    public async Task Every_call_to_S3_names_the_owner()
    {
        using var sandbox = await LiveSandbox.StartAsync($$"""
            {"buckets":[{"name":"{{LiveSandbox.Bucket}}","account":"{{LiveSandbox.OtherAccount}}"}],"trails":[{"name":"management","bucket":"{{LiveSandbox.Bucket}}"}]}
            """);
        var record = await sandbox.RunOneAsync();
        Assert.Equal((PolicyRepairOutcome.Blocked, false), (record.OutcomeValue, record.IsLetIn));
        Assert.Equal("LD0080", Assert.Single(record.Findings).Id);
        Assert.Equal(0, sandbox.Writes());
        Assert.Contains("444455556666", (await sandbox.RunOneAsync(options: sandbox.Options() with { ExpectedBucketOwner = LiveSandbox.OtherAccount })).AccountId, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bucket_of_another_account_is_named_when_S3_says_so_for_certain()
    {
        var policy = $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"{{LiveSandbox.Account}}"},"Action":"s3:ListBucket","Resource":"arn:aws:s3:::{{LiveSandbox.Bucket}}"}]}""";
        using var sandbox = await LiveSandbox.StartAsync($$"""
            {"buckets":[{"name":"{{LiveSandbox.Bucket}}","account":"{{LiveSandbox.OtherAccount}}","policy":{{policy}}}],"trails":[{"name":"management","bucket":"{{LiveSandbox.Bucket}}"}]}
            """);
        var record = await sandbox.RunOneAsync();
        Assert.Equal("LD0080", Assert.Single(record.Findings).Id);
        Assert.Equal(0, sandbox.Writes());
    }

    [Fact]
    public async Task A_missing_bucket_is_not_made_and_the_danger_of_its_name_is_told()
    {
        using var sandbox = await LiveSandbox.StartAsync(LiveSandbox.TrailScenario(more: $$""", "steps": [ { "deleteBucket": "{{LiveSandbox.Bucket}}" } ]"""));
        var record = await sandbox.RunOneAsync();
        Assert.Equal("LD0070", Assert.Single(record.Findings).Id);
        Assert.Contains("free for every AWS account", Assert.Single(record.Obstacles), StringComparison.Ordinal);
        Assert.Equal(0, sandbox.Calls("s3:CreateBucket"));
        Assert.Equal("Blocked", (string?)Assert.Single(sandbox.JournalLines())["Outcome"]);
    }

    [Theory]
    [InlineData("CloudTrail", "LD0043", ", \"kmsKeyArn\": \"KEY\"", "", "Disabled")]
    [InlineData("CloudTrail", "LD0049", "", ", \"requesterPays\": true", "Enabled")]
    [InlineData("Config", "LD0048", "", ", \"objectLockRetention\": true", "Enabled")]
    [InlineData("AlbAccessLogs", "LD0044", "", ", \"kmsKeyId\": \"KEY\"", "Enabled")]
    public async Task What_no_policy_mends_is_named_and_not_touched(string source, string finding, string trail, string bucket, string keyState)
    {
        var key = $$"""{"id":"{{LiveSandbox.Key[(LiveSandbox.Key.LastIndexOf('/') + 1)..]}}","state":"{{keyState}}"}""";
        using var sandbox = await LiveSandbox.StartAsync(
            LiveSandbox.TrailScenario(bucket: bucket.Replace("KEY", LiveSandbox.Key, StringComparison.Ordinal), trail: trail.Replace("KEY", LiveSandbox.Key, StringComparison.Ordinal), more: $$""", "keys": [ {{key}} ]"""));
        var records = await sandbox.RunAsync(new() { BucketName = LiveSandbox.Bucket, Sources = [source] }, sandbox.Options() with { IncludeKeyPolicy = true });
        Assert.Contains(records[0].Findings, f => f.Id == finding);
        Assert.Equal((PolicyRepairOutcome.Blocked, false), (records[0].OutcomeValue, records[0].IsLetIn));
        Assert.Equal(0, sandbox.Writes());
        Assert.Empty(sandbox.BackupFiles);
    }

    [Fact]
    public async Task A_key_policy_is_planned_always_and_written_only_when_asked_for()
    {
        var scenario = LiveSandbox.TrailScenario(trail: $$""", "kmsKeyArn": "{{LiveSandbox.Key}}" """, more: $$""", "keys": [ { "id": "{{LiveSandbox.Key[(LiveSandbox.Key.LastIndexOf('/') + 1)..]}}" } ]""");
        using var sandbox = await LiveSandbox.StartAsync(scenario);
        var records = await sandbox.RunAsync();
        Assert.Equal([PolicyRepairOutcome.Repaired, PolicyRepairOutcome.NotAskedFor], records.Select(r => r.OutcomeValue));
        Assert.False(records[1].IsLetIn);
        Assert.NotEmpty(records[1].Diff);
        Assert.Equal(0, sandbox.Calls("kms:PutKeyPolicy"));

        records = await sandbox.RunAsync(options: sandbox.Options() with { IncludeKeyPolicy = true });
        Assert.Equal([PolicyRepairOutcome.NothingToDo, PolicyRepairOutcome.Repaired], records.Select(r => r.OutcomeValue));
        Assert.Equal(PolicyTarget.Key, records[1].TargetValue);
        Assert.True(records[1].IsLetIn);
        sandbox.Server.Advance(TimeSpan.FromMinutes(5));
        Assert.Null((string?)sandbox.State()["trails"]![0]!["legs"]![0]!["logFiles"]!["error"]);
    }

    [Fact]
    public async Task A_key_policy_that_leaves_nobody_to_change_it_is_refused()
    {
        const string Orphaned = """{"Version":"2012-10-17","Statement":[{"Sid":"Readers","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"kms:Decrypt","Resource":"*"}]}""";
        using var sandbox = await LiveSandbox.StartAsync(LiveSandbox.TrailScenario(
            LiveSandbox.TrailPolicy(), trail: $$""", "kmsKeyArn": "{{LiveSandbox.Key}}" """, more: $$""", "keys": [ { "id": "{{LiveSandbox.Key[(LiveSandbox.Key.LastIndexOf('/') + 1)..]}}", "policy": {{Orphaned}} } ]"""));
        var records = await sandbox.RunAsync(options: sandbox.Options() with { IncludeKeyPolicy = true });
        Assert.Equal(PolicyRepairOutcome.Blocked, records[1].OutcomeValue);
        Assert.Contains(records[1].Findings, f => f.Id == "LD0081");
        Assert.Equal(0, sandbox.Calls("kms:PutKeyPolicy"));
    }

    [Fact]
    public async Task Topic_and_role_are_repaired_when_asked_for()
    {
        const string Topic = "arn:aws:sns:us-east-1:111122223333:trail-notices";
        const string Role = "arn:aws:iam::111122223333:role/CloudTrailLogs";
        const string Group = "arn:aws:logs:us-east-1:111122223333:log-group:trail:*";
        const string OwnerOnly = """{"Version":"2008-10-17","Statement":[{"Sid":"Owner","Effect":"Allow","Principal":{"AWS":"*"},"Action":"SNS:Publish","Resource":"arn:aws:sns:us-east-1:111122223333:trail-notices","Condition":{"StringEquals":{"AWS:SourceOwner":"111122223333"}}}]}""";
        const string NoTrust = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}""";
        using var sandbox = await LiveSandbox.StartAsync(LiveSandbox.TrailScenario(
            LiveSandbox.TrailPolicy(),
            trail: $$""", "topicArn": "{{Topic}}", "logGroupArn": "{{Group}}", "logGroupRoleArn": "{{Role}}" """,
            more: $$""", "topics": [ { "name": "trail-notices", "policy": {{OwnerOnly}} } ], "logGroups": [ { "name": "trail" } ], "roles": [ { "name": "CloudTrailLogs", "trust": {{NoTrust}} } ]"""));
        var planned = await sandbox.RunAsync();
        Assert.Equal([PolicyTarget.Bucket, PolicyTarget.Topic, PolicyTarget.RoleTrust, PolicyTarget.Role], planned.Select(r => r.TargetValue));
        Assert.All(planned.Skip(1), r => Assert.Equal(PolicyRepairOutcome.NotAskedFor, r.OutcomeValue));
        Assert.All(planned.Skip(1), r => Assert.True(r.Certificate!.IsValid));
        Assert.Equal(0, sandbox.Writes());

        var written = await sandbox.RunAsync(options: sandbox.Options() with { IncludeTopicPolicy = true, IncludeLogGroupRole = true });
        Assert.All(written.Skip(1), r => Assert.Equal((PolicyRepairOutcome.Repaired, true), (r.OutcomeValue, r.IsLetIn)));
        var role = (await sandbox.Session.Roles.FindAsync(Role, LiveSandbox.Cancel)).Value!;
        Assert.Contains("ec2.amazonaws.com", role.TrustPolicy, StringComparison.Ordinal);
        Assert.Contains("cloudtrail.amazonaws.com", role.TrustPolicy, StringComparison.Ordinal);
        Assert.DoesNotContain("Principal", Assert.Single(role.InlinePolicies).Value, StringComparison.Ordinal);
        sandbox.Server.Advance(TimeSpan.FromMinutes(5));
        var status = await sandbox.Session.Trails.GetStatusAsync("us-east-1", LiveSandbox.Trail, LiveSandbox.Cancel);
        Assert.True(string.IsNullOrEmpty(status.LatestNotificationError));
        Assert.True(string.IsNullOrEmpty(status.LatestCloudWatchLogsDeliveryError));
        Assert.All(await sandbox.RunAsync(options: sandbox.Options() with { IncludeTopicPolicy = true, IncludeLogGroupRole = true }), r => Assert.Equal(PolicyRepairOutcome.NothingToDo, r.OutcomeValue));
    }

    [Fact]
    public async Task A_policy_that_changed_after_it_was_read_is_not_written_over()
    {
        using var sandbox = await LiveSandbox.StartAsync(LiveSandbox.TrailScenario());
        var repair = sandbox.Repair();
        var plan = await repair.PlanAsync([new() { BucketName = LiveSandbox.Bucket }], LiveSandbox.Cancel);
        var other = LiveSandbox.TrailPolicy(OldTrail);
        await sandbox.Session.Buckets.PutPolicyAsync(LiveSandbox.Bucket, other, LiveSandbox.Cancel);
        var record = Assert.Single(await repair.ApplyAsync(plan, _ => RepairConsent.Yes, LiveSandbox.Cancel));
        Assert.Equal(PolicyRepairOutcome.PolicyChanged, record.OutcomeValue);
        Assert.Equal(SamePolicy.HashOf(other), record.PresentSha256);
        Assert.Equal(other, await sandbox.PolicyAsync());
        Assert.Equal(PolicyRepairOutcome.Repaired, (await sandbox.RunOneAsync()).OutcomeValue);
    }

    [Fact]
    public async Task A_deny_is_narrowed_only_when_that_is_allowed()
    {
        var delivery = LogDelivery.Tests.Repair.Situation.Of("VpcFlowLogs") with { KeyPrefix = null };
        var policy = LogDelivery.Tests.Repair.RootCause.Find("deny: PrincipalOrgID").Policy(delivery).Text;
        using var sandbox = await LiveSandbox.StartAsync($$"""{"buckets":[{"name":"{{delivery.BucketName}}","policy":{{policy}}}],"organization":{"id":"o-exampleorgid","managementAccount":"111122223333"},"flowLogs":[{"id":"fl-1","bucket":"{{delivery.BucketName}}"}]}""");
        var request = new LiveRepairRequest { BucketName = delivery.BucketName, Sources = ["VpcFlowLogs"], SourceArns = [delivery.SourceArn!] };
        var refused = await sandbox.RunOneAsync(request);
        Assert.Equal((PolicyRepairOutcome.Blocked, false), (refused.OutcomeValue, refused.IsLetIn));
        Assert.Contains(refused.Obstacles, o => o.Contains("-NarrowDeny", StringComparison.Ordinal));
        var narrowed = await sandbox.RunOneAsync(request, sandbox.Options() with { Repair = new() { NarrowDenies = true } });
        Assert.True(narrowed is { OutcomeValue: PolicyRepairOutcome.Repaired, IsLetIn: true }, $"{narrowed} {narrowed.IsLetIn} {string.Join("; ", narrowed.Obstacles)} {string.Join("; ", narrowed.VerdictsAfter.Select(v => v.Reason))}");
    }

    [Fact]
    public async Task A_missing_permission_to_read_is_told_and_nothing_is_written()
    {
        using var sandbox = await LiveSandbox.StartAsync(LiveSandbox.TrailScenario());
        sandbox.Server.SetFaults("""{"rules":[{"operation":"s3:GetBucketPolicy","deny":true}]}""");
        var record = await sandbox.RunOneAsync();
        Assert.Equal((PolicyRepairOutcome.Failed, null), (record.OutcomeValue, record.IsLetIn));
        Assert.Contains("s3:GetBucketPolicy", record.MissingPermissions);
        Assert.Equal(0, sandbox.Writes());
    }

    [Fact]
    public async Task A_missing_permission_to_write_leaves_all_as_it_was()
    {
        using var sandbox = await LiveSandbox.StartAsync(LiveSandbox.TrailScenario());
        sandbox.Server.SetFaults("""{"rules":[{"operation":"s3:PutBucketPolicy","deny":true}]}""");
        var record = await sandbox.RunOneAsync();
        Assert.Equal(PolicyRepairOutcome.Failed, record.OutcomeValue);
        Assert.Contains("s3:PutBucketPolicy", record.Error, StringComparison.Ordinal);
        Assert.Equal(1, sandbox.Calls("s3:PutBucketPolicy"));
        Assert.Null(await sandbox.PolicyAsync());
    }

    [Fact]
    public async Task Nothing_is_written_where_no_backup_can_be_kept()
    {
        using var sandbox = await LiveSandbox.StartAsync(LiveSandbox.TrailScenario());
        var file = Path.Combine(sandbox.Folder, "file");
        await File.WriteAllTextAsync(file, "not a folder", LiveSandbox.Cancel);
        var record = await sandbox.RunOneAsync(options: sandbox.Options() with { Backups = new(Path.Combine(file, "backups")) });
        Assert.Equal(PolicyRepairOutcome.Failed, record.OutcomeValue);
        Assert.IsType<BackupException>(record.Cause);
        Assert.Equal(0, sandbox.Writes());
    }

    [Fact]
    public async Task Nothing_is_written_where_no_journal_can_be_kept()
    {
        using var sandbox = await LiveSandbox.StartAsync(LiveSandbox.TrailScenario());
        var record = await sandbox.RunOneAsync(options: sandbox.Options() with { Journal = new(sandbox.Folder) });
        Assert.Equal(PolicyRepairOutcome.Failed, record.OutcomeValue);
        Assert.Equal(0, sandbox.Writes());
    }

    [Fact]
    public async Task A_bucket_that_no_trail_delivers_to_is_an_error_that_says_what_to_give()
    {
        using var sandbox = await LiveSandbox.StartAsync($$"""{"buckets":[{"name":"{{LiveSandbox.Bucket}}"}]}""");
        var error = await Assert.ThrowsAsync<InvalidDeliveryException>(() => sandbox.RunAsync());
        Assert.Contains("TrailArn", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_next_delivery_is_waited_for()
    {
        using var sandbox = await LiveSandbox.StartAsync(LiveSandbox.TrailScenario(more: $$""", "flowLogs": [ { "id": "fl-1", "bucket": "{{LiveSandbox.Bucket}}" } ]"""));
        var options = sandbox.Options() with { WaitTimeout = TimeSpan.FromSeconds(30), PollingInterval = TimeSpan.FromMilliseconds(20) };
        var run = sandbox.RunAsync(new() { BucketName = LiveSandbox.Bucket, Sources = ["CloudTrail", "VpcFlowLogs"] }, options);
        while (sandbox.Writes() == 0)
        {
            await Task.Delay(10, LiveSandbox.Cancel);
        }

        await Task.Delay(100, LiveSandbox.Cancel);
        Assert.False(run.IsCompleted);
        sandbox.Server.Advance(TimeSpan.FromMinutes(5));
        var record = Assert.Single(await run);
        Assert.True(record.HasDelivered, record.NextDelivery);
        Assert.Contains("CloudTrail of 111122223333 delivered", record.NextDelivery, StringComparison.Ordinal);
        Assert.Contains("VpcFlowLogs of 111122223333 delivered", record.NextDelivery, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_delivery_that_does_not_come_is_told_when_the_time_is_up()
    {
        using var sandbox = await LiveSandbox.StartAsync(LiveSandbox.TrailScenario());
        var record = await sandbox.RunOneAsync(options: sandbox.Options() with { WaitTimeout = TimeSpan.FromMilliseconds(50), PollingInterval = TimeSpan.FromMilliseconds(10) });
        Assert.Equal((PolicyRepairOutcome.Repaired, false), (record.OutcomeValue, record.HasDelivered));
    }

    [Fact]
    public async Task The_journal_has_a_line_before_the_write_and_one_after()
    {
        using var sandbox = await LiveSandbox.StartAsync(LiveSandbox.TrailScenario());
        var record = await sandbox.RunOneAsync();
        var lines = sandbox.JournalLines();
        Assert.Equal(["Started", "Repaired"], lines.Select(l => (string?)l["Outcome"]));
        Assert.All(lines, l => Assert.Equal(record.RunId, (string?)l["RunId"]));
        var last = lines[1];
        Assert.Equal("arn:aws:iam::111122223333:user/sandbox", (string?)last["Caller"]);
        Assert.Equal(0, (long)last["Certificate"]!["Excess"]!);
        Assert.Equal(record.AfterSha256, (string?)last["AfterSha256"]);
        Assert.NotEmpty(last["Edits"]!.AsArray());
        Assert.NotEmpty(last["VerdictsBefore"]!.AsArray());
        Assert.True((bool)last["IsLetIn"]!);
    }
}
