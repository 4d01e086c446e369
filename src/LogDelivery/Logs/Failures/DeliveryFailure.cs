using System.Text.Json.Serialization;
using LogDelivery.Sources;
using LogDelivery.Text;

namespace LogDelivery;

/// <summary>Which log an attempt to deliver was found in.</summary>
public enum DeliveryEvidence
{
    /// <summary>A CloudTrail event.</summary>
    CloudTrail,

    /// <summary>A request in an S3 server access log.</summary>
    AccessLog,
}

/// <summary>What a refused request means.</summary>
public enum DeliveryFailureKind
{
    /// <summary>A delivery source could not deliver.</summary>
    Failure,

    /// <summary>A line of an access log can be read in two ways, and in one of them a delivery source could not deliver.</summary>
    Ambiguous,

    /// <summary>A delivery source was refused a call that its delivery does not need, such as <c>HeadBucket</c>.</summary>
    Noise,

    /// <summary>A person, a role or another service was refused. That is no delivery.</summary>
    OtherCaller,
}

/// <summary>
/// One refused attempt as a log has it, from either kind of log. Every property can be set, so that scripts and their tests
/// can make objects of their own. Times are UTC. What the log does not say is <see langword="null"/>.
/// </summary>
public sealed record DeliveryFailure
{
    /// <summary>When S3 or KMS received the request, in UTC.</summary>
    public DateTime Time { get; init; }

    /// <summary>The id of the delivery source; <see langword="null"/> where principal and key do not tell it.</summary>
    public string? Source { get; init; }

    /// <summary>Who asked: a service principal, an account id, an ARN.</summary>
    public string Principal { get; init; } = string.Empty;

    /// <summary>The account that delivers, as the key names it; where it names none, the one whose trail has the event.</summary>
    public string? AccountId { get; init; }

    /// <summary>The Region that the key names; where it names none, the bucket's.</summary>
    public string? Region { get; init; }

    /// <summary>The destination bucket.</summary>
    public string? BucketName { get; init; }

    /// <summary>The key that should have been written; <see langword="null"/> for a call on the bucket.</summary>
    public string? Key { get; init; }

    /// <summary>The error code, such as <c>AccessDenied</c>; where the log has only a status, <c>HTTP 403</c>.</summary>
    public string ErrorCode { get; init; } = string.Empty;

    /// <summary>The message; access logs have none.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>The request id that AWS gave.</summary>
    public string? RequestId { get; init; }

    /// <summary>The kind of log.</summary>
    public string Evidence
    {
        get => EvidenceValue.ToString();
        init => EvidenceValue = EnumWord.Parse<DeliveryEvidence>(value);
    }

    internal DeliveryEvidence EvidenceValue { get; init; }

    /// <summary>The file or object that the record stands in.</summary>
    public string File { get; init; } = string.Empty;

    /// <summary>Where the record begins in the file's decompressed text, in bytes from 0.</summary>
    public long Position { get; init; }

    /// <summary>What the refusal means.</summary>
    public string Kind
    {
        get => KindValue.ToString();
        init => KindValue = EnumWord.Parse<DeliveryFailureKind>(value);
    }

    internal DeliveryFailureKind KindValue { get; init; }

    /// <summary>The action that was refused, as policies name it: <c>s3:PutObject</c>, <c>kms:GenerateDataKey</c>.</summary>
    public string Action { get; init; } = string.Empty;

    /// <summary>The ARN of the configuring resource (<c>aws:SourceArn</c>), where the log has it.</summary>
    public string? SourceArn { get; init; }

    /// <summary>The configured key prefix, as the key shows it.</summary>
    public string? KeyPrefix { get; init; }

    /// <summary>The organization of an organization trail, as the key shows it.</summary>
    public string? OrganizationId { get; init; }

    /// <summary>Whether the key is laid out for Hive.</summary>
    public bool HiveCompatiblePartitions { get; init; }

    /// <summary>Whether the key of an access log is laid out by account, Region, bucket and date.</summary>
    public bool PartitionedPrefix { get; init; }

    /// <summary>The ARN of the role that wrote, for sources that write with a role of the customer's.</summary>
    public string? RoleArn { get; init; }

    /// <summary>The request as it was logged; a test of the policy takes it in place of the documented one.</summary>
    [JsonIgnore]
    public ObservedRequest? ObservedRequest { get; init; }

    /// <summary>Whether the header <c>x-amz-acl</c> was sent; <see langword="null"/> where the log does not tell.</summary>
    public bool? SendsAcl => ObservedRequest?.SendsAcl;

    /// <summary>The failure in a line.</summary>
    public override string ToString() => VisibleText.Of($"{Time:yyyy-MM-dd'T'HH:mm:ss'Z'} {Source ?? Principal} {Action} {BucketName}/{Key}: {ErrorCode}");
}
