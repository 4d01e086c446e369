using System.Diagnostics;
using System.Text.Json;
using LogDelivery.Repair;
using Xunit;

namespace LogDelivery.LiveRepair.Tests;

/// <summary>
/// The command line is killed (SIGKILL) in the middle of a repair: after each of its calls, and at random moments. The policy
/// is always the old document or the new one, whole; a backup is there whenever a write may have happened; and the next run
/// completes the repair.
/// </summary>
public class KillTests(ITestOutputHelper log)
{
    private const int LatencyMs = 15;

    [Fact]
    public async Task Killed_at_any_moment_nothing_is_half_done()
    {
        var kills = LongForm.IsOn ? 200 : 3;
        using var sandbox = await LiveSandbox.StartAsync();
        var random = new Random(4);
        var (before, after, early, late) = (0, 0, 0, 0);
        var calls = await CallsOfARunAsync(sandbox);
        for (var kill = 0; kill < kills; kill++)
        {
            Load(sandbox);
            var old = (await sandbox.PolicyAsync())!;
            var seen = TotalCalls(sandbox);
            Directory.Delete(sandbox.Backups.Path, recursive: true);
            sandbox.Server.SetFaults($$"""{"rules":[{"latencyMs":{{LatencyMs}}}]}""");

            // Half of them right after a certain call, half of them some milliseconds later.
            var target = seen + (kill * (calls + 1) / kills);
            using var run = StartUnheard(sandbox);
            while (TotalCalls(sandbox) < target && !run.HasExited)
            {
                await Task.Delay(1, LiveSandbox.Cancel);
            }

            await Task.Delay(kill % 2 == 0 ? 0 : random.Next(LatencyMs * 2), LiveSandbox.Cancel);
            early += run.HasExited ? 0 : 1;
            late += run.HasExited ? 1 : 0;
            run.Kill();
            await run.WaitForExitAsync(LiveSandbox.Cancel);

            // What was sent before the kill is still served.
            await Task.Delay(LatencyMs * 2, LiveSandbox.Cancel);
            sandbox.Server.SetFaults("{}");
            var now = (await sandbox.PolicyAsync())!;
            var backups = sandbox.BackupFiles.Select(PolicyBackupFolder.Read).ToArray();
            if (sandbox.Calls("s3:PutBucketPolicy") > 0)
            {
                Assert.Contains(backups, b => b.Document == old);
            }

            if (now == old)
            {
                before++;
            }
            else
            {
                after++;
                Assert.Contains(backups, b => b.Document == old && b.RepairedDocument == now);
            }

            var again = Start(sandbox);
            var output = await again.StandardOutput.ReadToEndAsync(LiveSandbox.Cancel);
            await again.WaitForExitAsync(LiveSandbox.Cancel);
            Assert.True(again.ExitCode == 0, $"kill {kill}: {output}");
            var record = JsonDocument.Parse(output.Trim().Split('\n')[0]).RootElement;
            Assert.True(record.GetProperty("IsLetIn").GetBoolean());
            Assert.Equal(now == old ? "Repaired" : "NothingToDo", record.GetProperty("Outcome").GetString());
            sandbox.Server.Advance(TimeSpan.FromMinutes(5));
            Assert.Null((string?)sandbox.State()["trails"]![0]!["legs"]![0]!["logFiles"]!["error"]);
            var check = sandbox.Journal.Verify();
            Assert.True(check is { IsValid: true, IsTorn: false }, $"kill {kill}: {check.Problem}");
            Assert.All(backups.Where(b => b.RepairedDocument == now), b => Assert.Equal(PolicyBackupVouching.Vouched, check.Of(b)));
            Assert.DoesNotContain(Directory.GetFiles(sandbox.Backups.Path, "*.json"), f => new FileInfo(f).Length == 0);
        }

        log.WriteLine($"{kills} kills ({early} of a living process, {late} too late), {calls} calls a run: {before} times the old document, {after} times the new one, never anything else.");
    }

    private static void Load(LiveSandbox sandbox)
        => sandbox.Server.LoadScenario(LiveSandbox.TrailScenario(LiveSandbox.TrailPolicy("arn:aws:cloudtrail:us-east-1:111122223333:trail/renamed")));

    private static int TotalCalls(LiveSandbox sandbox) => sandbox.State()["calls"]!.AsObject().Sum(c => (int)c.Value!);

    private static async Task<int> CallsOfARunAsync(LiveSandbox sandbox)
    {
        Load(sandbox);
        using var run = StartUnheard(sandbox);
        await run.WaitForExitAsync(LiveSandbox.Cancel);
        Assert.Equal(0, run.ExitCode);
        return TotalCalls(sandbox);
    }

    // A pipe that nobody reads takes 64 KB on Linux, but 4 KB on Windows, where the program would wait for ever.
    private static Process StartUnheard(LiveSandbox sandbox)
    {
        var run = Start(sandbox);
        run.BeginOutputReadLine();
        run.BeginErrorReadLine();
        return run;
    }

    private static Process Start(LiveSandbox sandbox)
    {
        var start = new ProcessStartInfo(DotNetHost.Path)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var argument in new[]
        {
            "exec", Path.Combine(AppContext.BaseDirectory, "logdelivery.dll"), "repair-policy", "--live", "--yes", "--bucket", LiveSandbox.Bucket, "--region", "us-east-1",
            "--endpoint-url", sandbox.Endpoint, "--backup-folder", sandbox.Backups.Path, "--output", "json",
        })
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in new[] { ("AWS_ACCESS_KEY_ID", LiveSandbox.Account), ("AWS_SECRET_ACCESS_KEY", "sandbox"), ("AWS_EC2_METADATA_DISABLED", "true"), ("AWS_REGION", "us-east-1") })
        {
            start.Environment[name] = value;
        }

        start.Environment.Remove("AWS_PROFILE");
        return Process.Start(start)!;
    }
}
