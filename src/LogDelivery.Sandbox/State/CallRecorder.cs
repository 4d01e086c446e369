namespace LogDelivery.Sandbox.State;

/// <summary>One API call that was served.</summary>
internal readonly record struct RecordedCall(DateTimeOffset Time, string Action, string Account, string Region, int Status, string? ErrorCode);

/// <summary>Records the latest calls, so that a test can check which calls were made.</summary>
internal sealed class CallRecorder
{
    private const int Capacity = 10_000;

    private readonly Queue<RecordedCall> recent = new();
    private readonly SortedDictionary<string, long> counts = new(StringComparer.Ordinal);

    public IEnumerable<RecordedCall> Recent => recent;

    /// <summary>The number of calls of each action since the start or the last reset.</summary>
    public IReadOnlyDictionary<string, long> Counts => counts;

    public void Add(RecordedCall call)
    {
        if (recent.Count == Capacity)
        {
            recent.Dequeue();
        }

        recent.Enqueue(call);
        counts[call.Action] = counts.GetValueOrDefault(call.Action) + 1;
    }
}
