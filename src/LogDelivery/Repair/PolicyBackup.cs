using LogDelivery.Sources;
using LogDelivery.Text;

namespace LogDelivery;

/// <summary>Whether the journal vouches for a backup.</summary>
public enum PolicyBackupVouching
{
    /// <summary>No entry of a valid journal says that this backup was kept, or one says that it was another.</summary>
    Unvouched,

    /// <summary>An entry of an older version does, which nothing protects from being changed.</summary>
    Unchained,

    /// <summary>An entry of the chain does.</summary>
    Vouched,
}

/// <summary>
/// A policy document before it was overwritten, and the hash of the document that overwrote it. Every property can be set,
/// so that scripts and their tests can make backups of their own.
/// </summary>
public sealed record PolicyBackup
{
    /// <summary>The backup's id, which is the name of its file without the extension.</summary>
    public string Id { get; init; } = string.Empty;

    /// <summary>The time of the backup, in UTC.</summary>
    public DateTime Time { get; init; }

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

    /// <summary>The bucket that the repair was for.</summary>
    public string BucketName { get; init; } = string.Empty;

    /// <summary>The account that owns the bucket.</summary>
    public string AccountId { get; init; } = string.Empty;

    /// <summary>The Region of the bucket, if it is known.</summary>
    public string? Region { get; init; }

    /// <summary>The caller that overwrote the document: the ARN of a user or of a role session.</summary>
    public string Caller { get; init; } = string.Empty;

    /// <summary>The run that made the backup, as the journal has it.</summary>
    public string RunId { get; init; } = string.Empty;

    /// <summary>The reason for the backup: <c>Repair</c>, <c>Restore</c>, or <c>Displaced</c> for the document of a concurrent writer.</summary>
    public string Reason { get; init; } = string.Empty;

    /// <summary>SHA-256 of the document's UTF-8 text, as 64 hexadecimal digits; <see langword="null"/> when there was no document.</summary>
    public string? Sha256 { get; init; }

    /// <summary>SHA-256 of the document that replaces it; <see langword="null"/> when it is deleted.</summary>
    public string? RepairedSha256 { get; init; }

    /// <summary>The document, exactly as AWS had it; <see langword="null"/> when there was none.</summary>
    public string? Document { get; init; }

    /// <summary>The document that it was to be written over by.</summary>
    public string? RepairedDocument { get; init; }

    /// <summary>Whether the journal vouches for the backup; <see langword="null"/> when it was not asked. Never in the file.</summary>
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
    public string? Vouching
    {
        get => VouchingValue?.ToString();
        init => VouchingValue = value is null ? null : EnumWord.Parse<PolicyBackupVouching>(value);
    }

    internal PolicyBackupVouching? VouchingValue { get; init; }

    /// <summary>The file that holds the backup; <see langword="null"/> for one that is in no file.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string? Path { get; init; }

    /// <summary>The id.</summary>
    public override string ToString() => Id;
}
