using System.Text.Json;
using LogDelivery.Repair;

namespace LogDelivery.Fuzz.Tests.Targets;

/// <summary>A journal that others have been at: the next record still gets a line of its own.</summary>
internal sealed class JournalTarget : IFuzzTarget
{
    private static readonly PolicyRepairRecord Record = new() { RunId = "1", BucketName = "b", OutcomeValue = PolicyRepairOutcome.Started, Explanation = "line\u2028\nof\u001b text" };

    public string Name => "Journal";

    // Each one waits for the disk.
    public int Share => 2;

    public IEnumerable<byte[]> Seeds =>
    [
        [.. JsonSerializer.SerializeToUtf8Bytes(Record, RepairJson.Line), (byte)'\n'],
        [],
    ];

    public bool IsDocumented(Exception exception) => exception is BackupException;

    public void Run(byte[] input, Screen screen)
    {
        var journal = new RepairJournal(TemporaryFolder.Write("journal.jsonl", input));
        journal.Add(Record);
        var lines = File.ReadAllBytes(journal.Path).AsSpan();
        var last = lines[..^1];
        last = last[(last.LastIndexOf((byte)'\n') + 1)..];
        using var json = JsonDocument.Parse(last.ToArray());
        if (lines[^1] != '\n' || json.RootElement.GetProperty("BucketName").GetString() != "b")
        {
            throw new InvalidOperationException("The record is not on a line of its own.");
        }

        screen.Show(Record.ToString());
    }
}
