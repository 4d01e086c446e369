namespace LogDelivery;

/// <summary>
/// One kind of finding. What makes the findings (a rule, or a reader of logs or settings) declares the kind as a static field;
/// <see cref="FindingCatalog"/> finds the field there. Each kind has a page in docs/findings. Immutable.
/// </summary>
public sealed class FindingKind
{
    internal FindingKind(string id, string title, FindingSeverity severity, Uri documentation)
    {
        Id = id;
        Title = title;
        Severity = severity;
        Documentation = documentation;
    }

    /// <summary>The stable id, <c>LD0001</c> and so on.</summary>
    public string Id { get; }

    /// <summary>The finding in a few words, as the heading of its page has it.</summary>
    public string Title { get; }

    /// <summary>The effect on the deliveries.</summary>
    public FindingSeverity Severity { get; }

    /// <summary>The AWS page that the finding is based on.</summary>
    public Uri Documentation { get; }

    /// <summary>Makes a finding of this kind.</summary>
    /// <param name="evidence">What was seen and where.</param>
    /// <param name="remedy">What to do.</param>
    /// <param name="statementIndex">Zero-based index of the statement that the finding is about, or -1.</param>
    /// <param name="sid">The Sid of that statement, if it has one.</param>
    /// <param name="path">The place in the document; empty when there is none.</param>
    internal Finding Report(string evidence, string remedy, int statementIndex = -1, string? sid = null, string? path = null)
        => new(Id, Title, Severity, evidence, remedy, statementIndex, sid, path ?? string.Empty, Documentation);

    /// <summary>Whether a finding is of this kind.</summary>
    internal bool Includes(Finding finding) => finding.Id == Id;

    /// <summary>The id and the title.</summary>
    public override string ToString() => $"{Id} {Title}";
}
