namespace LogDelivery;

/// <summary>What a finding means for the deliveries.</summary>
public enum FindingSeverity
{
    /// <summary>Deliveries are refused.</summary>
    Blocks,

    /// <summary>Deliveries arrive, but so may others': the statement does not name whose they are.</summary>
    Unguarded,

    /// <summary>Deliveries may arrive; something is contested, unknown, or about to go wrong.</summary>
    Warning,

    /// <summary>Refusals show in logs and metrics, but no delivery needs the call.</summary>
    Noise,
}

/// <summary>Something that stops, endangers or clutters a delivery, with its evidence and its remedy. Immutable.</summary>
/// <param name="Id">The stable id, <c>LD0001</c> and so on; each has a page in docs/findings.</param>
/// <param name="Title">The finding in a few words.</param>
/// <param name="Severity">What it means for the deliveries.</param>
/// <param name="Evidence">What was seen and where: the statement, the element, what it says and what the request carries.</param>
/// <param name="Remedy">What to do.</param>
/// <param name="StatementIndex">Zero-based index of the statement it is about, or -1.</param>
/// <param name="Sid">The statement's Sid, if it has one.</param>
/// <param name="Path">The place in the document, such as <c>Statement[2].Condition.StringEquals.aws:SourceArn</c>; empty when none.</param>
/// <param name="Documentation">The AWS page that the rule comes from.</param>
public sealed record Finding(
    string Id,
    string Title,
    FindingSeverity Severity,
    string Evidence,
    string Remedy,
    int StatementIndex,
    string? Sid,
    string Path,
    Uri Documentation)
{
    /// <summary>The finding in one line.</summary>
    public override string ToString() => VisibleText.Of($"{Id} {Title}: {Evidence}");
}
