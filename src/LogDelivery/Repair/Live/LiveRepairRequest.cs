namespace LogDelivery.Repair;

/// <summary>
/// Deliveries to one bucket, as users and pipelines name them. Missing parameters are looked up: the account and the Region
/// of the caller, the trails that deliver to the bucket with their prefixes and keys, the organization.
/// </summary>
internal sealed record LiveRepairRequest
{
    /// <summary>The bucket.</summary>
    public required string BucketName { get; init; }

    /// <summary>The ids of the sources; CloudTrail when empty.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>The accounts that own the configuring resources; the caller's when empty and no ARN names another.</summary>
    public IReadOnlyList<string> AccountIds { get; init; } = [];

    /// <summary>The Region of the configuring resources.</summary>
    public string? Region { get; init; }

    /// <summary>The ARNs of trails and other configuring resources. Without a trail's, the trails that deliver to the bucket are meant.</summary>
    public IReadOnlyList<string> SourceArns { get; init; } = [];

    /// <summary>The key prefix; the trail's own where it can be looked up.</summary>
    public string? KeyPrefix { get; init; }

    /// <summary>The organization id.</summary>
    public string? OrganizationId { get; init; }

    /// <summary>Whether the trails are an organization's.</summary>
    public bool IsOrganizationTrail { get; init; }

    /// <summary>The KMS key of the logs: an ARN, an id or an alias. By default the trail's key, or else that of the bucket's default encryption.</summary>
    public string? KmsKeyId { get; init; }

    /// <summary>The role that writes, for sources that write with a role of the customer's.</summary>
    public string? RoleArn { get; init; }

    /// <summary>Whether the keys are laid out for Hive.</summary>
    public bool HiveCompatiblePartitions { get; init; }

    /// <summary>Whether S3 server access logs are laid out by account, Region, bucket and date.</summary>
    public bool PartitionedPrefix { get; init; }
}
