namespace LogDelivery.Repair;

/// <summary>The kind of edit.</summary>
public enum RepairEditKind
{
    /// <summary>A new statement.</summary>
    AddStatement,

    /// <summary>One more value in a condition of an Allow.</summary>
    AddConditionValue,

    /// <summary>Values of a condition that name what is gone are dropped; only when asked for.</summary>
    RemoveStaleValue,

    /// <summary>A Deny is narrowed by a condition; only when asked for.</summary>
    NarrowDeny,

    /// <summary>A Deny is split into several, which together deny the same but for the deliveries; only when asked for.</summary>
    SplitDeny,
}

/// <summary>One change of a policy. Immutable.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="StatementIndex">Zero-based index of the statement in the document that it changes, or where the new one goes.</param>
/// <param name="Sid">The statement's Sid.</param>
/// <param name="Description">The change in a sentence.</param>
/// <param name="Before">The statement's text before; <see langword="null"/> for a new one.</param>
/// <param name="After">The text after; several statements are separated by line breaks.</param>
public sealed record RepairEdit(RepairEditKind Kind, int StatementIndex, string? Sid, string Description, string? Before, string After)
{
    /// <summary>The change in a sentence.</summary>
    public override string ToString() => Description;
}

/// <summary>An edit that was tried and refused, with the request that proves why.</summary>
/// <param name="Description">The edit in a sentence.</param>
/// <param name="Witness">A request that it would let in although no delivery needs it, or that it would lock out.</param>
public sealed record RejectedEdit(string Description, string Witness)
{
    /// <summary>The edit and its witness.</summary>
    public override string ToString() => $"{Description}: {Witness}";
}
