using LogDelivery.Policies;

namespace LogDelivery.Sandbox.State;

/// <summary>The faults that are in force. The body of <c>POST /_sandbox/faults</c>, which replaces them all.</summary>
internal sealed class FaultSet
{
    private Random? random;

    public IReadOnlyList<FaultRule> Rules { get; init; } = [];

    /// <summary>Policies that change behind the caller's back, each once.</summary>
    public List<PolicyInterference> PolicyChanges { get; init; } = [];

    /// <summary>The number of simulated minutes for which other callers still see the earlier policy after a write.</summary>
    public int PolicyDelayMinutes { get; init; }

    /// <summary>The number of reads that still return the earlier policy after a write.</summary>
    public int PolicyDelayReads { get; init; }

    /// <summary>Begins the series of chances, so that a run can be repeated.</summary>
    public int Seed { get; init; }

    public (TimeSpan Delay, int Reads) PolicyVisibility => (TimeSpan.FromMinutes(PolicyDelayMinutes), PolicyDelayReads);

    /// <summary>Lets the other writer in, when one waits for this bucket.</summary>
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

    /// <summary>Draws from the series of chances.</summary>
    /// <param name="rate">The probability, 0 to 1.</param>
    public bool Happens(double rate) => rate > 0 && (random ??= new Random(Seed)).NextDouble() < rate;
}
