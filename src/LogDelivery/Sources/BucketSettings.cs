namespace LogDelivery.Sources;

/// <summary>
/// The settings of the destination that can stop a delivery whatever the policies say. Every member may be
/// <see langword="null"/>: not known, so nothing is concluded from it. Immutable.
/// </summary>
public sealed record BucketSettings
{
    /// <summary>The Region of the bucket.</summary>
    public string? Region { get; init; }

    /// <summary>The 12-digit account that owns the bucket.</summary>
    public string? AccountId { get; init; }

    /// <summary>The default encryption.</summary>
    public BucketEncryption? Encryption { get; init; }

    /// <summary>The key of the default encryption exactly as the bucket's configuration has it: ARN, id or alias.</summary>
    public string? KmsKeyId { get; init; }

    /// <summary>Whether S3 Bucket Keys are on. It changes the encryption context from the object's ARN to the bucket's.</summary>
    public bool? BucketKeyEnabled { get; init; }

    /// <summary>Whether Object Lock is on.</summary>
    public bool? ObjectLockEnabled { get; init; }

    /// <summary>Whether Object Lock has a default retention.</summary>
    public bool? ObjectLockDefaultRetention { get; init; }

    /// <summary>Whether the bucket is a Requester Pays bucket.</summary>
    public bool? RequesterPays { get; init; }

    /// <summary>The Object Ownership setting.</summary>
    public ObjectOwnership? ObjectOwnership { get; init; }

    /// <summary>The state of the KMS key as DescribeKey reports it: <c>Enabled</c>, <c>Disabled</c>, <c>PendingDeletion</c>...</summary>
    public string? KeyState { get; init; }
}
