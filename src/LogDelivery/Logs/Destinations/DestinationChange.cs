namespace LogDelivery.Logs.Destinations;

/// <summary>What a call does to the destination of a source.</summary>
internal enum DestinationChangeKind
{
    /// <summary>It sets the destination.</summary>
    Points,

    /// <summary>It is about something else, and its answer tells the destination.</summary>
    Confirms,

    /// <summary>It turns the source on again, with the destination that it had.</summary>
    Resumes,

    /// <summary>It turns the source off, or deletes it.</summary>
    Ends,

    /// <summary>It says what a delivery source is, by the name that deliveries use for it.</summary>
    Describes,
}

/// <summary>What one call does to one destination. Immutable.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Source">The id of the delivery source.</param>
internal sealed record DestinationChange(DestinationChangeKind Kind, string Source)
{
    /// <summary>What delivers, as logged.</summary>
    public string? Resource { get; init; }

    /// <summary>
    /// What tells this configuration from all others; a later change of the same identity takes its place.
    /// <see langword="null"/> for a configuration that only its ids name.
    /// </summary>
    public string? Identity { get; init; }

    /// <summary>
    /// What tells whose configurations these are, where each one has an identity of its own: of two that follow each other, the
    /// second may be the first one moved.
    /// </summary>
    public string? Owner { get; init; }

    /// <summary>Which logs; an end without says: all.</summary>
    public string? LogType { get; init; }

    /// <summary>The ids that AWS gave; an end names them in place of an identity.</summary>
    public IReadOnlyList<string> ConfigurationIds { get; init; } = [];

    /// <summary>The bucket; empty is none.</summary>
    public string? BucketName { get; init; }

    /// <summary>The prefix; empty is none.</summary>
    public string? KeyPrefix { get; init; }

    public string? KmsKeyId { get; init; }

    /// <summary>The destination as logged.</summary>
    public string? Destination { get; init; }

    public string? SourceArn { get; init; }

    public string? RoleArn { get; init; }

    public bool IsOrganizationTrail { get; init; }

    public bool HiveCompatiblePartitions { get; init; }

    public bool PartitionedPrefix { get; init; }

    /// <summary>Whether what the call does not name stays as it was.</summary>
    public bool IsPartial { get; init; }

    /// <summary>The identity of the delivery destination that a delivery goes through; that one names the bucket.</summary>
    public string? Through { get; init; }

    /// <summary>The identity of the delivery source that a delivery is of; that one names the resource.</summary>
    public string? Of { get; init; }

    /// <summary>The account where it is not the call's.</summary>
    public string? AccountId { get; init; }

    /// <summary>The Region where it is not the call's.</summary>
    public string? Region { get; init; }

    /// <summary>Whether the configuration delivers, and does not only name a place that others may deliver to.</summary>
    public bool DeliversByItself { get; init; } = true;

    /// <summary>Why the call did nothing for this resource, though it did for others.</summary>
    public string? ErrorCode { get; init; }

    public string? ErrorMessage { get; init; }

    /// <summary>The same with a destination that is a bucket's name or an ARN of any kind.</summary>
    public DestinationChange To(string? destination, string? prefix = null)
    {
        var place = S3Place.Of(destination);
        return this with { Destination = destination, BucketName = place.BucketName, KeyPrefix = prefix ?? place.KeyPrefix };
    }
}

/// <summary>A change, with where it was logged.</summary>
/// <param name="Call">The call.</param>
/// <param name="Number">Which of the call's changes it is.</param>
/// <param name="Change">What it does.</param>
/// <param name="File">The file.</param>
/// <param name="Position">Where the event begins in the file's text.</param>
internal sealed record LoggedChange(LoggedCall Call, int Number, DestinationChange Change, string File, long Position)
{
    public string? ErrorCode => Call.ErrorCode ?? Change.ErrorCode;

    public string? ErrorMessage => Call.ErrorCode is null ? Change.ErrorMessage : Call.ErrorMessage;
}
