using LogDelivery.Sources;

namespace LogDelivery.Health;

/// <summary>What S3 knows of buckets.</summary>
public interface IBucketGateway
{
    /// <summary>Whether a bucket exists, and where.</summary>
    /// <param name="bucketName">The bucket.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<Readable<BucketPlace>> FindAsync(string bucketName, CancellationToken cancellationToken);

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

    /// <summary>Replaces the policy of a bucket.</summary>
    /// <param name="bucketName">The bucket.</param>
    /// <param name="policy">The whole document.</param>
    /// <param name="expectedOwner">The account that the bucket must belong to; <see langword="null"/> for any.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task PutPolicyAsync(string bucketName, string policy, string? expectedOwner, CancellationToken cancellationToken);
}

/// <summary>Where a bucket is.</summary>
/// <param name="Region">The Region; <see langword="null"/> where S3 does not say.</param>
/// <param name="IsDenied">Whether S3 says that the bucket exists and nothing more: another account's, as a rule.</param>
public sealed record BucketPlace(string? Region, bool IsDenied);

/// <summary>The settings of a bucket, and what was not to be read.</summary>
/// <param name="Settings">What is known.</param>
/// <param name="MissingPermissions">The IAM actions that the caller lacks for the rest.</param>
public sealed record BucketReport(BucketSettings Settings, IReadOnlyList<string> MissingPermissions);
