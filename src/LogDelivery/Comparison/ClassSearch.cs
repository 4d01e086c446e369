namespace LogDelivery.Comparison;

/// <summary>
/// One search for all classes of requests: whether something was left out, so that agreement proves nothing, and when to stop.
/// </summary>
internal sealed class ClassSearch(CancellationToken cancellationToken = default)
{
    /// <summary>False when some class may have no witness.</summary>
    public bool IsComplete { get; private set; } = true;

    /// <summary>Notes that some class may be missing.</summary>
    public void Miss() => IsComplete = false;

    /// <summary>Notes that some class may be missing unless something holds.</summary>
    public void Require(bool holds) => IsComplete &= holds;

    /// <summary>A search on the way, whose gaps are none of this one.</summary>
    public ClassSearch Apart() => new(cancellationToken);

    /// <summary>Called in every loop that may be long.</summary>
    /// <exception cref="OperationCanceledException">The search is to stop.</exception>
    public void Check() => cancellationToken.ThrowIfCancellationRequested();
}
