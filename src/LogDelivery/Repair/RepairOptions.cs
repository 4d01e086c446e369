namespace LogDelivery.Repair;

/// <summary>The changes that a repair may make besides allowing the deliveries.</summary>
internal sealed record RepairOptions
{
    /// <summary>Only adds: no Deny is changed and no value is removed.</summary>
    public static readonly RepairOptions Default = new();

    /// <summary>Whether Deny statements that hit a delivery may be narrowed by exactly that delivery.</summary>
    public bool NarrowDenies { get; init; }

    /// <summary>
    /// Whether to remove values of <c>aws:SourceArn</c> that match none of the deliveries from the statements that are
    /// changed. That tightens the policy; the plan shows the access that is lost.
    /// </summary>
    public bool RemoveStale { get; init; }

    /// <summary>Whether to remove white space from a document that would be too large with it. No value changes.</summary>
    public bool DropWhiteSpace { get; init; }
}
