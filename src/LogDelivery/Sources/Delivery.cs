using LogDelivery.Policies;

namespace LogDelivery.Sources;

/// <summary>
/// One configured source writing to one bucket and prefix. Immutable; <see cref="SourceCatalog"/> and
/// <see cref="DeliverySource"/> turn it into the calls that have to be allowed.
/// </summary>
public sealed record Delivery
{
    /// <summary>The source.</summary>
    public required DeliverySource Source { get; init; }

    /// <summary>The name of the destination bucket (not its ARN).</summary>
    public required string BucketName { get; init; }

    /// <summary>The 12-digit account that owns the configuring resource: the trail, the flow log, the load balancer...</summary>
    public required string AccountId { get; init; }

    /// <summary>
    /// The Region of the configuring resource (for a trail its home Region), which need not be the bucket's.
    /// </summary>
    public required string Region { get; init; }

    /// <summary>The key prefix as configured, without the <c>AWSLogs</c> that the source adds; <see langword="null"/> for none.</summary>
    public string? KeyPrefix { get; init; }

    /// <summary>
    /// The ARN of the configuring resource, which requests carry as <c>aws:SourceArn</c>: the trail, the detector, the source
    /// bucket... <see langword="null"/> when not known; it may hold wildcards where several resources deliver.
    /// </summary>
    public string? SourceArn { get; init; }

    /// <summary>The organization id (<c>o-...</c>), for a source that delivers for a whole organization.</summary>
    public string? OrganizationId { get; init; }

    /// <summary>The ARN of the KMS key that the logs are encrypted with, if any.</summary>
    public string? KmsKeyArn { get; init; }

    /// <summary>The ARN of the role that writes, for a source that writes with a role of the customer's.</summary>
    public string? RoleArn { get; init; }

    /// <summary>Whether the keys are laid out for Hive (<c>aws-account-id=.../</c>), for the sources that can.</summary>
    public bool HiveCompatiblePartitions { get; init; }

    /// <summary>
    /// Whether S3 server access logs are laid out by account, Region, bucket and date (<c>PartitionedPrefix</c>) instead of
    /// in one row of names.
    /// </summary>
    public bool PartitionedPrefix { get; init; }

    /// <summary>
    /// A request of this delivery that a log shows. Where the documentation says otherwise, or nothing, of the header
    /// <c>x-amz-acl</c>, the log is believed, and the very request is judged beside the documented ones.
    /// </summary>
    public ObservedRequest? ObservedRequest { get; init; }

    /// <summary>What is known of the bucket's settings.</summary>
    public BucketSettings Bucket { get; init; } = new();

    /// <summary>When the calls are made, for conditions on <c>aws:CurrentTime</c>. UTC.</summary>
    public DateTimeOffset Time { get; init; } = DateTimeOffset.UtcNow;

    /// <summary>The partition of the Region: <c>aws</c>, <c>aws-cn</c>, <c>aws-us-gov</c>...</summary>
    public string Partition => Regions.PartitionOf(Region);

    /// <summary>The ARN of the bucket.</summary>
    public string BucketArn => $"arn:{Partition}:s3:::{BucketName}";

    /// <summary>The delivery in words: <c>CloudTrail of 111122223333 in us-east-1 to amzn-s3-demo-bucket/prefix</c>.</summary>
    public override string ToString()
        => $"{Source.Id} of {AccountId} in {Region} to {BucketName}{(string.IsNullOrEmpty(KeyPrefix) ? string.Empty : $"/{KeyPrefix}")}";

    /// <summary>Refuses what cannot be a delivery, before anything is concluded from it.</summary>
    /// <exception cref="ArgumentException">A value is not of the form that AWS takes; the message says what to give.</exception>
    public void Validate()
    {
        ValidateBucketName(BucketName);
        if (!Arn.IsAccountId(AccountId))
        {
            throw new InvalidDeliveryException($"'{AccountId}' is no account id: twelve digits, such as 111122223333.", nameof(AccountId));
        }

        if (!Regions.IsWellFormed(Region))
        {
            throw new InvalidDeliveryException($"'{Region}' is no Region name, such as us-east-1.", nameof(Region));
        }

        if (OrganizationId is not null && !OrganizationId.StartsWith("o-", StringComparison.Ordinal))
        {
            throw new InvalidDeliveryException($"'{OrganizationId}' is no organization id; they begin with 'o-'.", nameof(OrganizationId));
        }

        foreach (var (name, value) in new[] { (nameof(SourceArn), SourceArn), (nameof(KmsKeyArn), KmsKeyArn), (nameof(RoleArn), RoleArn) })
        {
            if (value is not null && !Arn.TryParse(value, out _))
            {
                throw new InvalidDeliveryException($"'{value}' is no ARN ({name}). A whole ARN is needed, such as arn:aws:...; a name or key id is not enough.", name);
            }
        }
    }

    /// <summary>Checks that a text is the name of a bucket.</summary>
    internal static void ValidateBucketName(string name)
    {
        if (name.StartsWith("arn:", StringComparison.Ordinal))
        {
            throw new InvalidDeliveryException($"'{name}' is an ARN. Give the bucket's name only: '{name[(name.LastIndexOf(':') + 1)..]}'.", nameof(BucketName));
        }

        if (name.Length is < 3 or > 63 || name.AsSpan().ContainsAnyExcept(BucketNameCharacters))
        {
            throw new InvalidDeliveryException($"'{name}' is no bucket name: 3 to 63 lower-case letters, digits, dots and hyphens.", nameof(BucketName));
        }
    }

    private static readonly System.Buffers.SearchValues<char> BucketNameCharacters
        = System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789.-_ABCDEFGHIJKLMNOPQRSTUVWXYZ");
}
