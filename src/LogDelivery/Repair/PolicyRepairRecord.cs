using System.Text.Json.Serialization;
using LogDelivery.Repair;
using LogDelivery.Sources;
using LogDelivery.Text;

namespace LogDelivery;

/// <summary>The outcome of the repair of one document.</summary>
public enum PolicyRepairOutcome
{
    /// <summary>The document is about to be written. Only in the journal; the last entry of a run that was killed.</summary>
    Started,

    /// <summary>There was nothing to change.</summary>
    NothingToDo,

    /// <summary>The planned change was shown, and nothing was written.</summary>
    Planned,

    /// <summary>The document needs a change, but writing this kind of document was not requested.</summary>
    NotAskedFor,

    /// <summary>The change was not confirmed; nothing was written.</summary>
    Declined,

    /// <summary>Written, read back and tested: everything that this document must allow is allowed.</summary>
    Repaired,

    /// <summary>Written, read back and tested: everything that could be fixed is; the obstacles list the rest.</summary>
    PartlyRepaired,

    /// <summary>No policy change helps, or none is permitted; the obstacles list the remedies. Nothing was written.</summary>
    Blocked,

    /// <summary>The document was changed after it was read; nothing was written.</summary>
    PolicyChanged,

    /// <summary>The document was written, and then overwritten by another writer.</summary>
    Overwritten,

    /// <summary>It is unknown whether the document was written. The backup contains both the old and the new document.</summary>
    Unconfirmed,

    /// <summary>The document could not be read or written; it is as it was.</summary>
    Failed,

    /// <summary>A backup was put back and read back.</summary>
    Restored,
}

/// <summary>
/// The result of a run for one document: the plan, its proof, the document's hash before and after, the verdicts and the
/// outcome. A line of the journal. Every property can be set, so that scripts and their tests can make records of their
/// own.
/// </summary>
public sealed record PolicyRepairRecord
{
    /// <summary>The run; all documents of a bucket share it.</summary>
    public string RunId { get; init; } = string.Empty;

    /// <summary>The time of the record, in UTC.</summary>
    public DateTime Time { get; init; }

    /// <summary>The outcome of the repair.</summary>
    public string Outcome
    {
        get => OutcomeValue.ToString();
        init => OutcomeValue = EnumWord.Parse<PolicyRepairOutcome>(value);
    }

    internal PolicyRepairOutcome OutcomeValue { get; init; }

    /// <summary>A summary in one or two sentences.</summary>
    public string Explanation { get; init; } = string.Empty;

    /// <summary>The bucket.</summary>
    public string BucketName { get; init; } = string.Empty;

    /// <summary>The account that the bucket has to belong to.</summary>
    public string AccountId { get; init; } = string.Empty;

    /// <summary>The kind of document.</summary>
    public string Target
    {
        get => TargetValue.ToString();
        init => TargetValue = EnumWord.Parse<PolicyTarget>(value);
    }

    internal PolicyTarget TargetValue { get; init; }

    /// <summary>The ARN of the resource that the document is attached to.</summary>
    public string Resource { get; init; } = string.Empty;

    /// <summary>The name of a role's policy; <see langword="null"/> for other documents.</summary>
    public string? PolicyName { get; init; }

    /// <summary>The caller that ran the repair: the ARN of a user or of a role session.</summary>
    public string Caller { get; init; } = string.Empty;

    /// <summary>The deliveries, a line each.</summary>
    public string[] Deliveries { get; init; } = [];

    /// <summary>The changes: the statement, the edit, and its text before and after.</summary>
    public RepairEdit[] Edits { get; init; } = [];

    /// <summary>The statements that change, as lines that begin with a minus or a plus sign.</summary>
    public string[] Diff { get; init; } = [];

    /// <summary>The required calls that become allowed, with their principals and resources.</summary>
    public string[] NewlyAllowed { get; init; } = [];

    /// <summary>The proof that nothing else becomes allowed and nothing is lost; <see langword="null"/> when nothing was planned.</summary>
    public RepairCertificate? Certificate { get; init; }

    /// <summary>The problems that the change does not fix, with a remedy for each.</summary>
    public string[] Obstacles { get; init; } = [];

    /// <summary>Other findings that stop the deliveries and that no policy change can fix.</summary>
    public Finding[] Findings { get; init; } = [];

    /// <summary>The IAM actions that the caller lacks for a complete result.</summary>
    public string[] MissingPermissions { get; init; } = [];

    /// <summary>SHA-256 of the document as it was read; <see langword="null"/> when there was none.</summary>
    public string? BeforeSha256 { get; init; }

    /// <summary>SHA-256 of the document that was written or would be; <see langword="null"/> when it is deleted.</summary>
    public string? AfterSha256 { get; init; }

    /// <summary>SHA-256 of the document as it was read last; <see langword="null"/> when there was none, or it was not read again.</summary>
    public string? PresentSha256 { get; init; }

    /// <summary>The backup of the document that was written over; <see langword="null"/> when nothing was to be written.</summary>
    public string? BackupId { get; init; }

    /// <summary>The calls and their verdicts before.</summary>
    public PolicyTestRow[] VerdictsBefore { get; init; } = [];

    /// <summary>The calls and their verdicts by the document as it is now, or would be by the plan.</summary>
    public PolicyTestRow[] VerdictsAfter { get; init; } = [];

    /// <summary>
    /// Whether everything that this document must allow is allowed now, and no finding stops the deliveries; <see
    /// langword="null"/> when this is unknown.
    /// </summary>
    public bool? IsLetIn { get; init; }

    /// <summary>
    /// Whether a document of a concurrent writer was found, kept as a backup, and written again with the repair.
    /// </summary>
    public bool MetAnotherWriter { get; init; }

    /// <summary>The error of AWS, where a call failed.</summary>
    public string? Error { get; init; }

    /// <summary>The delivery that was waited for: its time, or what was observed instead; <see langword="null"/> without a wait.</summary>
    public string? NextDelivery { get; init; }

    /// <summary>Whether a delivery was made during the wait; <see langword="null"/> without a wait.</summary>
    public bool? HasDelivered { get; init; }

    /// <summary>The documents that this run has written, the last one last.</summary>
    internal IReadOnlyList<string?> Written { get; init; } = [];

    /// <summary>The backups that this run has kept so far; the journal vouches for them.</summary>
    internal IReadOnlyList<PolicyBackup> Kept { get; init; } = [];

    /// <summary>The exception behind <see cref="Error"/>.</summary>
    [JsonIgnore]
    public Exception? Cause { get; init; }

    /// <summary>The plan; <see langword="null"/> when none was made.</summary>
    [JsonIgnore]
    public RepairPlan? Plan { get; init; }

    /// <summary>The document and the outcome.</summary>
    public override string ToString() => VisibleText.Of($"{Target} {Resource}: {Outcome}");
}
