using LogDelivery.Text;

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
public sealed record Finding
{
    /// <summary>An empty one, for tests of scripts.</summary>
    public Finding()
    {
    }

    internal Finding(string id, string title, FindingSeverity severity, string evidence, string remedy, int statementIndex, string? sid, string path, Uri documentation)
        => (Id, Title, SeverityValue, Evidence, Remedy, StatementIndex, Sid, Path, Documentation) = (id, title, severity, evidence, remedy, statementIndex, sid, path, documentation);

    /// <summary>The stable id, <c>LD0001</c> and so on; each has a page in docs/findings.</summary>
    public string Id { get; init; } = string.Empty;

    /// <summary>The finding in a few words.</summary>
    public string Title { get; init; } = string.Empty;

    /// <summary>What it means for the deliveries.</summary>
    public string Severity
    {
        get => SeverityValue.ToString();
        init => SeverityValue = EnumWord.Parse<FindingSeverity>(value);
    }

    internal FindingSeverity SeverityValue { get; init; }

    /// <summary>What was seen and where: the statement, the element, what it says and what the request carries.</summary>
    public string Evidence { get; init; } = string.Empty;

    /// <summary>What to do.</summary>
    public string Remedy { get; init; } = string.Empty;

    /// <summary>Zero-based index of the statement it is about, or -1.</summary>
    public int StatementIndex { get; init; } = -1;

    /// <summary>The statement's Sid, if it has one.</summary>
    public string? Sid { get; init; }

    /// <summary>The place in the document, such as <c>Statement[2].Condition.StringEquals.aws:SourceArn</c>; empty when none.</summary>
    public string Path { get; init; } = string.Empty;

    /// <summary>The AWS page that the rule comes from.</summary>
    public Uri Documentation { get; init; } = null!;

    /// <summary>The finding in one line.</summary>
    public override string ToString() => VisibleText.Of($"{Id} {Title}: {Evidence}");
}
