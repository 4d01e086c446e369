namespace LogDelivery.Patterns.Comparison;

/// <summary>The steps that a comparison of two patterns may still make.</summary>
internal sealed class StepBudget(long steps, CancellationToken cancellationToken = default)
{
    private long left = steps;

    /// <summary>Spends steps; false when there are none left.</summary>
    /// <param name="count">How many.</param>
    /// <exception cref="OperationCanceledException">The comparison is to stop.</exception>
    public bool TrySpend(long count = 1)
    {
        cancellationToken.ThrowIfCancellationRequested();
        left -= count;
        return left >= 0;
    }
}
