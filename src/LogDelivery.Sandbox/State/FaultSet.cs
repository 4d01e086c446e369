using LogDelivery.Policies;

namespace LogDelivery.Sandbox.State;

/// <summary>The faults that are in force. The body of <c>POST /_sandbox/faults</c>, which replaces them all.</summary>
internal sealed class FaultSet
{
    private Random? random;

    public IReadOnlyList<FaultRule> Rules { get; init; } = [];

    /// <summary>Policies that another writer changes during a call, each once.</summary>
    public List<PolicyInterference> PolicyChanges { get; init; } = [];

    /// <summary>The number of simulated minutes for which other callers still see the earlier policy after a write.</summary>
    public int PolicyDelayMinutes { get; init; }

    /// <summary>The number of reads that still return the earlier policy after a write.</summary>
    public int PolicyDelayReads { get; init; }

    /// <summary>The seed of the random numbers, so that a run can be repeated.</summary>
    public int Seed { get; init; }

    public (TimeSpan Delay, int Reads) PolicyVisibility => (TimeSpan.FromMinutes(PolicyDelayMinutes), PolicyDelayReads);

    /// <summary>Applies the change of another writer, when one is pending for this bucket.</summary>
    public void AfterPolicyRead(Bucket bucket)
    {
        var index = PolicyChanges.FindIndex(c => c.Bucket == bucket.Name);
        if (index < 0)
        {
            return;
        }

        var text = PolicyChanges[index].Policy?.ToJsonString();
        PolicyChanges.RemoveAt(index);
        bucket.Policy.Set(text, text is null ? null : PolicyDocument.Parse(text, PolicyKind.Bucket));
    }

    /// <summary>Draws from the random numbers.</summary>
    /// <param name="rate">The probability, 0 to 1.</param>
    public bool Happens(double rate) => rate > 0 && (random ??= new Random(Seed)).NextDouble() < rate;
}
