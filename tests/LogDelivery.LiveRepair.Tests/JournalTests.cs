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
        Assert.Single(lines.Distinct());
    }
}
