namespace LogDelivery.Repair;

/// <summary>Options of a live repair. No option skips the proof, the backup or the verification after the write.</summary>
internal sealed record LiveRepairOptions
{
    /// <summary>The changes that a repair may make besides adding statements.</summary>
    public RepairOptions Repair { get; init; } = RepairOptions.Default;

    /// <summary>The account that the bucket must belong to; the caller's account when <see langword="null"/>. It is sent with every call to S3.</summary>
    public string? ExpectedBucketOwner { get; init; }

    /// <summary>Whether the policy of the KMS key may be written.</summary>
    public bool IncludeKeyPolicy { get; init; }

    /// <summary>Whether the policy of the topic that is notified of a trail's deliveries may be written.</summary>
    public bool IncludeTopicPolicy { get; init; }

    /// <summary>Whether the policies of the role may be written by which a trail writes to its log group.</summary>
    public bool IncludeLogGroupRole { get; init; }

    /// <summary>The folder that backups are written to.</summary>
    public required PolicyBackupFolder Backups { get; init; }

    /// <summary>The journal; <see langword="null"/> for a run that only looks.</summary>
    public RepairJournal? Journal { get; init; }

    /// <summary>The maximum time to wait for the next delivery; <see langword="null"/> to not wait.</summary>
    public TimeSpan? WaitTimeout { get; init; }

    /// <summary>The time between two checks for the next delivery.</summary>
    public TimeSpan PollingInterval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// The maximum time to wait until CloudTrail's event history shows the write of a bucket's policy, to detect a
    /// concurrent write; <see langword="null"/> to skip the check.
    /// </summary>
    public TimeSpan? HistoryTimeout { get; init; }

    internal WriteCare Care { get; init; } = new();
}

/// <summary>The answer to a change before it is made.</summary>
internal enum RepairConsent
{
    /// <summary>Make the change.</summary>
    Yes,

    /// <summary>Do not make the change.</summary>
    No,

    /// <summary>Only show the change.</summary>
    ShowOnly,
}
