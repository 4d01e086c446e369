namespace LogDelivery.Repair;

/// <summary>How a live repair is done. There is nothing here that leaves out the proof, the backup or the reading back.</summary>
public sealed record LiveRepairOptions
{
    /// <summary>What a repair may do beside adding.</summary>
    public RepairOptions Repair { get; init; } = RepairOptions.Default;

    /// <summary>The account that the bucket must belong to; the caller's when <see langword="null"/>. It goes with every call to S3.</summary>
    public string? ExpectedBucketOwner { get; init; }

    /// <summary>Whether the policy of the KMS key may be written.</summary>
    public bool IncludeKeyPolicy { get; init; }

    /// <summary>Whether the policy of the topic may be written that is told of a trail's deliveries.</summary>
    public bool IncludeTopicPolicy { get; init; }

    /// <summary>Whether the policies of the role may be written by which a trail writes to its log group.</summary>
    public bool IncludeLogGroupRole { get; init; }

    /// <summary>Where backups go.</summary>
    public required PolicyBackupFolder Backups { get; init; }

    /// <summary>The journal; <see langword="null"/> for a run that only looks.</summary>
    public RepairJournal? Journal { get; init; }

    /// <summary>How long to wait for the next delivery; <see langword="null"/> for not at all.</summary>
    public TimeSpan? WaitTimeout { get; init; }

    /// <summary>How long to wait between two looks for the next delivery.</summary>
    public TimeSpan PollingInterval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// How long to wait until CloudTrail's event history shows the write of a bucket's policy, to see whether somebody else wrote it
    /// at the same moment; <see langword="null"/> for not looking.
    /// </summary>
    public TimeSpan? HistoryTimeout { get; init; }

    internal WriteCare Care { get; init; } = new();
}

/// <summary>What is answered to a change before it is made.</summary>
public enum RepairConsent
{
    /// <summary>Make it.</summary>
    Yes,

    /// <summary>Leave it.</summary>
    No,

    /// <summary>It was only to be shown.</summary>
    ShowOnly,
}
