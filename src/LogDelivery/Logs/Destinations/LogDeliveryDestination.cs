using LogDelivery.Text;


namespace LogDelivery;

/// <summary>
/// One call that pointed a log source at a destination, or tried to, as CloudTrail has it: what delivers, where to, who set it
/// and when. Every property can be set, so that scripts and their tests can make objects of their own. Times are UTC. What the
/// log does not say is <see langword="null"/>.
/// </summary>
public sealed record LogDeliveryDestination
{
    /// <summary>When the call was received, in UTC, to the second.</summary>
    public DateTime Time { get; init; }

    /// <summary>The id of the delivery source, as in the catalog.</summary>
    public string Source { get; init; } = string.Empty;

    /// <summary>What delivers, as the log names it: an ARN, a name or an id.</summary>
    public string? Resource { get; init; }

    /// <summary>
    /// Which logs of the resource, where it has several with a destination each: <c>access_logs</c>, <c>connection_logs</c>,
    /// <c>health_check_logs</c> of a load balancer, <c>ALERT</c>, <c>FLOW</c>, <c>TLS</c> of a firewall.
    /// </summary>
    public string? LogType { get; init; }

    /// <summary>
    /// The ids that AWS gave what the call made: a flow log, a delivery, an export task. Several where one call made several: the
    /// log does not say which of them belongs to which resource.
    /// </summary>
    public string[] ConfigurationIds { get; init; } = [];

    /// <summary>The account that the resource belongs to.</summary>
    public string? AccountId { get; init; }

    /// <summary>The Region of the resource.</summary>
    public string? Region { get; init; }

    /// <summary>The destination bucket; <see langword="null"/> where the destination is none, or the log does not tell it.</summary>
    public string? BucketName { get; init; }

    /// <summary>The key prefix.</summary>
    public string? KeyPrefix { get; init; }

    /// <summary>The destination as it was logged: a bucket, an ARN, a log group, a stream.</summary>
    public string? Destination { get; init; }

    /// <summary>The KMS key that the source is told to encrypt with; not the default key of the bucket.</summary>
    public string? KmsKeyId { get; init; }

    /// <summary>The ARN of the configuring resource (<c>aws:SourceArn</c>), where it is known.</summary>
    public string? SourceArn { get; init; }

    /// <summary>The role that writes, for sources that write with a role of the customer's.</summary>
    public string? RoleArn { get; init; }

    /// <summary>Whether a trail is an organization's.</summary>
    public bool IsOrganizationTrail { get; init; }

    /// <summary>Whether the keys are laid out for Hive.</summary>
    public bool HiveCompatiblePartitions { get; init; }

    /// <summary>Whether S3 access logs are laid out by account, Region, bucket and date.</summary>
    public bool PartitionedPrefix { get; init; }

    /// <summary>
    /// The ARN of who made the call; <see langword="null"/> where the answer to a call of another purpose tells of a destination
    /// that somebody had set before (<see cref="WasSetBefore"/>).
    /// </summary>
    public string? Principal { get; init; }

    /// <summary>The action, as policies name it: <c>cloudtrail:CreateTrail</c>.</summary>
    public string Action { get; init; } = string.Empty;

    /// <summary>Whether the call only tells of the destination: it was set before, by a call that is not in these files.</summary>
    public bool WasSetBefore { get; init; }

    /// <summary>The error code of a call that was refused.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>The message that goes with it.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>
    /// Whether the bucket is among those that were expected; <see langword="null"/> when none were named, or the destination is
    /// no bucket.
    /// </summary>
    public bool? IsExpected { get; init; }

    /// <summary>
    /// Whether this is where the source delivers, as far as these files tell: the call succeeded, and nothing later in them
    /// pointed the source elsewhere or turned it off.
    /// </summary>
    public bool IsCurrent { get; init; }

    /// <summary>When a later call pointed the source elsewhere or turned it off, in UTC.</summary>
    public DateTime? EndTime { get; init; }

    /// <summary>The action that did so.</summary>
    public string? EndAction { get; init; }

    /// <summary>The ARN of who did so.</summary>
    public string? EndPrincipal { get; init; }

    /// <summary>The kind of log.</summary>
    public string Evidence
    {
        get => EvidenceValue.ToString();
        init => EvidenceValue = EnumWord.Parse<DeliveryEvidence>(value);
    }

    internal DeliveryEvidence EvidenceValue { get; init; }

    /// <summary>The file or object that the event stands in.</summary>
    public string File { get; init; } = string.Empty;

    /// <summary>Where the event begins in the file's decompressed text, in bytes from 0.</summary>
    public long Position { get; init; }

    /// <summary>What is wrong with it, LD0150 to LD0153.</summary>
    public Finding[] Findings { get; init; } = [];

    /// <summary>The destination in a line.</summary>
    public override string ToString()
        => VisibleText.Of($"{Time:yyyy-MM-dd'T'HH:mm:ss'Z'} {Source} {Resource} to {BucketName ?? Destination}{(ErrorCode is null ? string.Empty : $": {ErrorCode}")}");
}
