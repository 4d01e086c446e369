using LogDelivery.Text;


namespace LogDelivery;

/// <summary>The kind of access to an object.</summary>
public enum S3AccessKind
{
    /// <summary>The object's content, tags or properties were read.</summary>
    Read,

    /// <summary>The object, or its tags, ACL or retention, was written.</summary>
    Write,

    /// <summary>The object was deleted, by a caller or by a lifecycle rule.</summary>
    Delete,

    /// <summary>Keys were listed.</summary>
    List,
}

/// <summary>
/// The kind of caller. Fields that AWS itself writes decide first; Console, CloudShell and Lambda are detected by the user
/// agent, which a client can set to anything.
/// </summary>
public enum S3CallerKind
{
    /// <summary>The log does not say.</summary>
    Unknown,

    /// <summary>A caller through a VPC endpoint, or, in an access log, with a private address.</summary>
    VpcEndpoint,

    /// <summary>A caller with a public address.</summary>
    PublicAddress,

    /// <summary>The AWS Management Console.</summary>
    Console,

    /// <summary>AWS CloudShell.</summary>
    CloudShell,

    /// <summary>Amazon Athena, with the permissions of its user.</summary>
    Athena,

    /// <summary>A Lambda function.</summary>
    Lambda,

    /// <summary>Another AWS service.</summary>
    Service,

    /// <summary>An identity of another account than the bucket's.</summary>
    CrossAccount,

    /// <summary>An anonymous caller.</summary>
    Anonymous,
}

/// <summary>
/// One access to the objects of a bucket, from either kind of log. Times are in UTC. Fields that the log does not have are
/// <see langword="null"/>. Every property can be set, so that scripts and their tests can make objects of their own.
/// </summary>
public sealed record S3ObjectAccess
{
    /// <summary>The time when the request was received, in UTC.</summary>
    public DateTime Time { get; init; }

    /// <summary>The kind of access.</summary>
    public string Access
    {
        get => AccessValue.ToString();
        init => AccessValue = EnumWord.Parse<S3AccessKind>(value);
    }

    internal S3AccessKind AccessValue { get; init; }

    /// <summary>The event's name in CloudTrail (<c>GetObject</c>), the operation of an access log (<c>REST.GET.OBJECT</c>).</summary>
    public string Operation { get; init; } = string.Empty;

    /// <summary>The bucket.</summary>
    public string? BucketName { get; init; }

    /// <summary>The key; <see langword="null"/> for lists and for deletions of several keys at once.</summary>
    public string? Key { get; init; }

    /// <summary>The ARN of the caller; of callers without one the service principal, canonical user id or account.</summary>
    public string? Arn { get; init; }

    /// <summary>The account of the caller.</summary>
    public string? AccountId { get; init; }

    /// <summary>The kind of caller.</summary>
    public string Caller
    {
        get => CallerValue.ToString();
        init => CallerValue = EnumWord.Parse<S3CallerKind>(value);
    }

    internal S3CallerKind CallerValue { get; init; }

    /// <summary>The name of what the caller used: the endpoint's id, the function's name, the service principal, the other account.</summary>
    public string? CallerName { get; init; }

    /// <summary>Whether the caller is of another account than the bucket; <see langword="null"/> when the log does not say.</summary>
    public bool? IsCrossAccount { get; init; }

    /// <summary>The address, or the service, that the request came from.</summary>
    public string? SourceIPAddress { get; init; }

    /// <summary>The VPC endpoint; access logs do not have it.</summary>
    public string? VpcEndpointId { get; init; }

    /// <summary>The user agent as the log has it.</summary>
    public string? UserAgent { get; init; }

    /// <summary>The bytes that the caller sent.</summary>
    public long? BytesTransferredIn { get; init; }

    /// <summary>The bytes that the caller got.</summary>
    public long? BytesTransferredOut { get; init; }

    /// <summary>The error code of a request that was refused or failed.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>The Region of the bucket.</summary>
    public string? Region { get; init; }

    /// <summary>The request id that AWS gave.</summary>
    public string? RequestId { get; init; }

    /// <summary>The kind of log.</summary>
    public string Evidence
    {
        get => EvidenceValue.ToString();
        init => EvidenceValue = EnumWord.Parse<DeliveryEvidence>(value);
    }

    internal DeliveryEvidence EvidenceValue { get; init; }

    /// <summary>Whether the line of an access log can be read in several ways; fields on which they differ are left out.</summary>
    public bool IsAmbiguous { get; init; }

    /// <summary>The file or object that contains the record.</summary>
    public string File { get; init; } = string.Empty;

    /// <summary>The zero-based byte offset of the record in the file's decompressed text.</summary>
    public long Position { get; init; }

    /// <summary>Problems with the logging setup that this access reveals; usually none.</summary>
    public Finding[] Findings { get; init; } = [];

    /// <summary>The access in a line.</summary>
    public override string ToString() => VisibleText.Of($"{Time:yyyy-MM-dd'T'HH:mm:ss'Z'} {Access} {BucketName}/{Key} by {Arn ?? "nobody"} ({Caller}{(CallerName is null ? string.Empty : $" {CallerName}")}){(ErrorCode is null ? string.Empty : $": {ErrorCode}")}");
}
