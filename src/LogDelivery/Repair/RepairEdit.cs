using LogDelivery.Text;

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
public sealed record RepairEdit
{
    /// <summary>An empty one, for tests of scripts.</summary>
    public RepairEdit()
    {
    }

    internal RepairEdit(RepairEditKind kind, int statementIndex, string? sid, string description, string? before, string after)
        => (KindValue, StatementIndex, Sid, Description, Before, After) = (kind, statementIndex, sid, description, before, after);

    /// <summary>The kind of edit.</summary>
    public string Kind
    {
        get => KindValue.ToString();
        init => KindValue = EnumWord.Parse<RepairEditKind>(value);
    }

    internal RepairEditKind KindValue { get; init; }

    /// <summary>The zero-based index of the changed or added statement.</summary>
    public int StatementIndex { get; init; }

    /// <summary>The statement's Sid.</summary>
    public string? Sid { get; init; }

    /// <summary>The change in a sentence.</summary>
    public string Description { get; init; } = string.Empty;

    /// <summary>The statement's text before; <see langword="null"/> for a new one.</summary>
    public string? Before { get; init; }

    /// <summary>The text after; several statements are separated by line breaks.</summary>
    public string After { get; init; } = string.Empty;

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
