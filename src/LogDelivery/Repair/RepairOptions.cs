namespace LogDelivery.Repair;

/// <summary>The changes that a repair may make besides allowing the deliveries.</summary>
public sealed record RepairOptions
{
    /// <summary>Only adds: no Deny is touched and no value is dropped.</summary>
    public static readonly RepairOptions Default = new();

    /// <summary>Whether Deny statements that hit a delivery may be narrowed by exactly that delivery.</summary>
    public bool NarrowDenies { get; init; }

    /// <summary>
    /// Whether values of <c>aws:SourceArn</c> that name none of the deliveries are dropped from the statements that are cured.
    /// That tightens the policy; the plan shows what is lost.
    /// </summary>
    public bool RemoveStale { get; init; }

    /// <summary>
    /// Whether white space is dropped from a document that would be too large with it. Every value stays as it is.
    /// </summary>
    public bool DropWhiteSpace { get; init; }
}
