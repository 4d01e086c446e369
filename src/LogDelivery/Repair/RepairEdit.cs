namespace LogDelivery.Repair;

/// <summary>The kind of edit.</summary>
public enum RepairEditKind
{
    /// <summary>Adds a statement.</summary>
    AddStatement,

    /// <summary>Adds a value to a condition of an Allow.</summary>
    AddConditionValue,

    /// <summary>Removes stale values from a condition; only when requested.</summary>
    RemoveStaleValue,

    /// <summary>Narrows a Deny by a condition; only when requested.</summary>
    NarrowDeny,

    /// <summary>Splits a Deny into several, which together deny the same except the deliveries; only when requested.</summary>
    SplitDeny,
}

/// <summary>One change of a policy. Immutable.</summary>
/// <param name="Kind">The kind of edit.</param>
/// <param name="StatementIndex">The zero-based index of the changed or added statement.</param>
/// <param name="Sid">The statement's Sid.</param>
/// <param name="Description">The change in a sentence.</param>
/// <param name="Before">The statement's text before; <see langword="null"/> for a new one.</param>
/// <param name="After">The text after; several statements are separated by line breaks.</param>
public sealed record RepairEdit(RepairEditKind Kind, int StatementIndex, string? Sid, string Description, string? Before, string After)
{
    /// <summary>The change in a sentence.</summary>
    public override string ToString() => VisibleText.Of(Description);
}

/// <summary>An edit that was tried and refused, with the request that proves why.</summary>
/// <param name="Description">The edit in a sentence.</param>
/// <param name="Witness">A request that it would allow although no delivery needs it, or that it would no longer allow.</param>
public sealed record RejectedEdit(string Description, string Witness)
{
    /// <summary>The edit and its witness.</summary>
    public override string ToString() => VisibleText.Of($"{Description}: {Witness}");
}
