using System.Text.Json.Nodes;
using LogDelivery.Policies;
using LogDelivery.Repair;
using Xunit;

namespace LogDelivery.LiveRepair.Tests;

/// <summary>
/// Two repairs from two machines and a foreign editor on one bucket, all at once. The foreign editor adds a statement to
/// whatever is there, in one step, at a random moment, and never looks again; so a statement of theirs that is missing in the
/// end was lost by a repair.
/// </summary>
public class RaceTests(ITestOutputHelper log)
{
    [Fact]
    public async Task No_statement_is_lost()
    {
        var rounds = LongForm.IsOn ? 500 : 15;
        using var sandbox = await LiveSandbox.StartAsync(LiveSandbox.TrailScenario());
        var random = new Random(20261125);
        var outcomes = new Dictionary<PolicyRepairOutcome, int>();
        var met = 0;
        var lost = new List<string>();
        for (var round = 0; round < rounds; round++)
        {
            sandbox.Server.LoadScenario(LiveSandbox.TrailScenario());
            var first = RepairAsync(sandbox, "CloudTrail", "a", random.Next(4));
            var second = RepairAsync(sandbox, "VpcFlowLogs", "b", random.Next(4));
            var foreign = EditAsync(sandbox, round, random.Next(60));
            var records = (await first).Concat(await second).ToArray();
            await foreign;
            foreach (var record in records)
            {
                outcomes[record.OutcomeValue] = outcomes.GetValueOrDefault(record.OutcomeValue) + 1;
                met += record.MetAnotherWriter ? 1 : 0;
            }

            var policy = PolicyDocument.Parse((await sandbox.PolicyAsync())!, PolicyKind.Bucket);
            var sids = policy.Statements.Select(s => s.Sid ?? string.Empty).ToArray();
            foreach (var expected in new[] { "AWSCloudTrailAclCheck", "AWSCloudTrailWrite", "AWSLogDeliveryAclCheck", "AWSLogDeliveryWrite", $"Foreign{round}x1", $"Foreign{round}x2" })
            {
                if (!Array.Exists(sids, s => s.StartsWith(expected, StringComparison.Ordinal)))
                {
                    var isKept = Directory.EnumerateFiles(sandbox.Folder, "*.json", SearchOption.AllDirectories).Any(f => PolicyBackupFolder.Read(f).Document?.Contains(expected, StringComparison.Ordinal) == true);
                    lost.Add($"round {round}: {expected} (records: {string.Join(", ", records.Select(r => r.Outcome))}{(isKept ? "; in a backup" : string.Empty)})");
                }
            }
        }

        log.WriteLine($"{rounds} rounds: {string.Join(", ", outcomes.OrderByDescending(o => o.Value).Select(o => $"{o.Value} {o.Key}"))}; another writer met {met} times; {lost.Count} statements not there in the end.");
        foreach (var line in lost)
        {
            log.WriteLine(line);
        }

        foreach (var machine in new[] { "a", "b" })
        {
            var check = new RepairJournal(Path.Combine(sandbox.Folder, machine, "journal.jsonl")).Verify();
            Assert.True(check.IsValid, check.Problem);
            Assert.All(new PolicyBackupFolder(Path.Combine(sandbox.Folder, machine)).Files().Select(PolicyBackupFolder.Read), b => Assert.Equal(PolicyBackupVouching.Vouched, check.Of(b)));
        }

        // Nothing is lost for good, and nothing without a word: the rare one that no read has met is in the event history, and
        // what they wrote is kept as a backup that the record names. See docs/concepts/live-repair.md.
        Assert.DoesNotContain(lost, l => !l.Contains("Foreign", StringComparison.Ordinal));
        Assert.DoesNotContain(lost, l => !l.EndsWith("in a backup)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_another_run_has_done_since_the_plan_is_nothing_to_do()
    {
        using var sandbox = await LiveSandbox.StartAsync(LiveSandbox.TrailScenario());
        var late = sandbox.Repair();
        var plan = await late.PlanAsync([new LiveRepairRequest { BucketName = LiveSandbox.Bucket }], LiveSandbox.Cancel);
        Assert.Equal(PolicyRepairOutcome.Repaired, (await sandbox.RunOneAsync()).OutcomeValue);
        var record = Assert.Single(await late.ApplyAsync(plan, _ => RepairConsent.Yes, LiveSandbox.Cancel));
        Assert.Equal((PolicyRepairOutcome.NothingToDo, true), (record.OutcomeValue, record.IsLetIn));
        Assert.Equal(1, sandbox.Writes());
        Assert.Single(sandbox.BackupFiles);
    }

    // As a runbook would: again until it is done. Each runs as on a machine of its own, with a folder of its own.
    private static async Task<List<PolicyRepairRecord>> RepairAsync(LiveSandbox sandbox, string source, string machine, int delay)
    {
        await Task.Delay(delay, LiveSandbox.Cancel);
        var options = sandbox.Options() with
        {
            Backups = new(Path.Combine(sandbox.Folder, machine)),
            Journal = new(Path.Combine(sandbox.Folder, machine, "journal.jsonl")),
            HistoryTimeout = TimeSpan.FromSeconds(2),
            PollingInterval = TimeSpan.FromMilliseconds(10),
            Care = LiveSandbox.Brisk with { Settle = TimeSpan.FromMilliseconds(100) },
        };
        var records = new List<PolicyRepairRecord>();
        for (var attempt = 0; attempt < 50; attempt++)
        {
            var record = await sandbox.RunOneAsync(new() { BucketName = LiveSandbox.Bucket, Sources = [source] }, options);
            records.Add(record);
            if (record.IsLetIn == true)
            {
                return records;
            }
        }

        Assert.Fail($"{source} is not let in after 50 runs: {records[^1].Explanation}");
        return records;
    }

    // Statement by statement, as one transaction of the sandbox's: it never loses anything itself.
    private static async Task EditAsync(LiveSandbox sandbox, int round, int delay)
    {
        for (var i = 1; i <= 2; i++)
        {
            await Task.Delay(delay, LiveSandbox.Cancel);
            var statement = new JsonObject
            {
                ["Sid"] = $"Foreign{round}x{i}",
                ["Effect"] = "Deny",
                ["Principal"] = "*",
                ["Action"] = "s3:DeleteBucket",
                ["Resource"] = $"arn:aws:s3:::{LiveSandbox.Bucket}",
            };
            sandbox.Server.EditBucketPolicy(LiveSandbox.Bucket, text =>
            {
                var document = text is null ? new JsonObject { ["Version"] = "2012-10-17", ["Statement"] = new JsonArray() } : JsonNode.Parse(text)!.AsObject();
                document["Statement"]!.AsArray().Add(statement.DeepClone());
                return document.ToJsonString();
            });
        }
    }
}
