namespace LogDelivery.Comparison;

/// <summary>
/// One search for all classes of requests: whether something was left out, so that agreement proves nothing, and when to stop.
/// </summary>
internal sealed class ClassSearch(CancellationToken cancellationToken = default)
{
    // About a second. Patterns of many thousand characters, entangled by wildcards, reach it; policies that AWS takes hardly do.
    private long left = 2_000_000_000;

    /// <summary>False when some class may have no witness.</summary>
    public bool IsComplete { get; private set; } = true;

    /// <summary>Notes that some class may be missing.</summary>
    public void Miss() => IsComplete = false;

    /// <summary>Notes that some class may be missing unless something holds.</summary>
    public void Require(bool holds) => IsComplete &= holds;

    /// <summary>A search on the way, whose gaps are none of this one.</summary>
    public ClassSearch Apart() => new(cancellationToken) { left = left };

    /// <summary>Spends effort on the walk of one automaton; false when there is none left for the whole search.</summary>
    /// <param name="words">How many words of bits are computed.</param>
    public bool TrySpend(long words)
    {
        left -= words;
        return left >= 0;
    }

    /// <summary>Called in every loop that may be long.</summary>
    /// <exception cref="OperationCanceledException">The search is to stop.</exception>
    public void Check() => cancellationToken.ThrowIfCancellationRequested();
}
