using LogDelivery.Sources;

namespace LogDelivery.Gateways;

/// <summary>Reads and writes S3 buckets.</summary>
internal interface IBucketGateway
{
    /// <summary>Whether a bucket exists, and where.</summary>
    /// <param name="bucketName">The bucket.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<Readable<BucketPlace>> FindAsync(string bucketName, CancellationToken cancellationToken);

    /// <summary>Finds a bucket of the caller's account by name; missing when the account has no such bucket.</summary>
    /// <param name="bucketName">The bucket.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<Readable<string>> FindOwnAsync(string bucketName, CancellationToken cancellationToken);

    /// <summary>The policy of a bucket, exactly as S3 has it.</summary>
    /// <param name="bucketName">The bucket.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="AwsCallException">There is no such bucket, or S3 does not answer.</exception>
    Task<Readable<string>> GetPolicyAsync(string bucketName, CancellationToken cancellationToken);

    /// <summary>The settings of a bucket that can stop a delivery, as far as they may be read.</summary>
    /// <param name="bucketName">The bucket.</param>
    /// <param name="supposedOwner">The account that the bucket is thought to belong to; S3 only says whether that is right.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<BucketReport> GetSettingsAsync(string bucketName, string? supposedOwner, CancellationToken cancellationToken);

    /// <summary>
    /// Replaces the policy of a bucket. Not retried: a repeated write could overwrite a concurrent change.
    /// </summary>
    /// <param name="bucketName">The bucket.</param>
    /// <param name="policy">The whole document.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task PutPolicyAsync(string bucketName, string policy, CancellationToken cancellationToken);

    /// <summary>Deletes the policy of a bucket. Not retried.</summary>
    /// <param name="bucketName">The bucket.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task DeletePolicyAsync(string bucketName, CancellationToken cancellationToken);

    /// <summary>Finds the newest object below a prefix among the first ten thousand keys.</summary>
    /// <param name="bucketName">The bucket.</param>
    /// <param name="prefix">The beginning of the keys.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<Readable<StoredObject>> FindNewestAsync(string bucketName, string prefix, CancellationToken cancellationToken);

    /// <summary>Lists every object below a prefix, in the order of the keys.</summary>
    /// <param name="bucketName">The bucket.</param>
    /// <param name="prefix">The beginning of the keys.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<Readable<IReadOnlyList<StoredObject>>> ListAsync(string bucketName, string prefix, CancellationToken cancellationToken);

    /// <summary>The same buckets, in calls each of which names the account that the bucket must belong to.</summary>
    /// <param name="accountId">The account; S3 refuses calls about a bucket of another one.</param>
    /// <remarks>Source: S3 user guide, bucket-owner-condition.</remarks>
    IBucketGateway OwnedBy(string accountId);
}

/// <summary>An object in a bucket.</summary>
/// <param name="Key">Its key.</param>
/// <param name="LastModified">The time when it was written, in UTC.</param>
internal sealed record StoredObject(string Key, DateTime LastModified);

/// <summary>The location of a bucket.</summary>
/// <param name="Region">The Region; <see langword="null"/> where S3 does not say.</param>
/// <param name="IsDenied">Whether S3 says that the bucket exists and nothing more: another account's, as a rule.</param>
internal sealed record BucketPlace(string? Region, bool IsDenied);

/// <summary>The settings of a bucket, and those that could not be read.</summary>
/// <param name="Settings">The settings that could be read.</param>
/// <param name="MissingPermissions">The IAM actions that the caller lacks for the rest.</param>
internal sealed record BucketReport(BucketSettings Settings, IReadOnlyList<string> MissingPermissions);
