namespace LogDelivery.Logs.AccessLogs;

/// <summary>
/// One request of an S3 server access log, in either form: the line of text in a bucket, or the JSON object in CloudWatch
/// Logs. What the log leaves out (<c>-</c>, null) is <see langword="null"/>. Sources: S3 user guide, LogFormat and
/// sal-cw-log-format.
/// </summary>
internal sealed record AccessLogRecord
{
    /// <summary>The canonical user id of the bucket's owner.</summary>
    public string? BucketOwner { get; init; }

    /// <summary>The bucket of the request.</summary>
    public string? BucketName { get; init; }

    /// <summary>The time when the request was received, in UTC.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>The address that the request seemed to come from.</summary>
    public string? RemoteIp { get; init; }

    /// <summary>The requester: an ARN, a canonical user id, <c>svc:</c> and a service principal; <see langword="null"/> for an anonymous request.</summary>
    public string? Requester { get; init; }

    /// <summary>The id of the request.</summary>
    public string? RequestId { get; init; }

    /// <summary>The operation, such as <c>REST.PUT.OBJECT</c>.</summary>
    public string? Operation { get; init; }

    /// <summary>The key, decoded.</summary>
    public string? Key { get; init; }

    /// <summary>The request line as the client sent it.</summary>
    public string? RequestUri { get; init; }

    /// <summary>The HTTP status.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>The error code.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>The bytes of the answer.</summary>
    public long? BytesSent { get; init; }

    /// <summary>The size of the object in bytes.</summary>
    public long? ObjectSize { get; init; }

    /// <summary>The milliseconds until the last byte of the response.</summary>
    public long? TotalTime { get; init; }

    /// <summary>The milliseconds until the first byte of the response.</summary>
    public long? TurnAroundTime { get; init; }

    /// <summary>The Referer header.</summary>
    public string? Referer { get; init; }

    /// <summary>The User-Agent header.</summary>
    public string? UserAgent { get; init; }

    /// <summary>The version of the object.</summary>
    public string? VersionId { get; init; }

    /// <summary>The extended request id.</summary>
    public string? HostId { get; init; }

    /// <summary>The signature version: <c>SigV2</c>, <c>SigV4</c>; none for an anonymous request.</summary>
    public string? SignatureVersion { get; init; }

    /// <summary>The TLS cipher.</summary>
    public string? CipherSuite { get; init; }

    /// <summary>The authentication type: <c>AuthHeader</c> or <c>QueryString</c>.</summary>
    public string? AuthenticationType { get; init; }

    /// <summary>The endpoint that was addressed.</summary>
    public string? HostHeader { get; init; }

    /// <summary>The TLS version, such as <c>TLSv1.2</c>.</summary>
    public string? TlsVersion { get; init; }

    /// <summary>The ARN of the access point.</summary>
    public string? AccessPointArn { get; init; }

    /// <summary>Whether an ACL was needed; <see langword="null"/> where the log does not say.</summary>
    public bool? AclRequired { get; init; }

    /// <summary>The Region that the request came from.</summary>
    public string? SourceRegion { get; init; }

    /// <summary>Whether S3 refused the request or could not do it.</summary>
    public bool IsError => ErrorCode is not null || HttpStatus >= 400;

    /// <summary>The record of a line of text.</summary>
    /// <param name="line">The line as it was read.</param>
    public static AccessLogRecord From(in AccessLogLine line) => new()
    {
        BucketOwner = line.GetText(AccessLogField.BucketOwner),
        BucketName = line.GetText(AccessLogField.Bucket),
        Time = line.Time,
        RemoteIp = line.GetText(AccessLogField.RemoteIp),
        Requester = line.GetText(AccessLogField.Requester),
        RequestId = line.GetText(AccessLogField.RequestId),
        Operation = line.GetText(AccessLogField.Operation),
        Key = line.Key,
        RequestUri = line.GetText(AccessLogField.RequestUri),
        HttpStatus = line.HttpStatus,
        ErrorCode = line.GetText(AccessLogField.ErrorCode),
        BytesSent = line.BytesSent,
        ObjectSize = line.ObjectSize,
        TotalTime = line.TotalTime,
        TurnAroundTime = line.TurnAroundTime,
        Referer = line.GetText(AccessLogField.Referer),
        UserAgent = line.GetText(AccessLogField.UserAgent),
        VersionId = line.GetText(AccessLogField.VersionId),
        HostId = line.GetText(AccessLogField.HostId),
        SignatureVersion = line.GetText(AccessLogField.SignatureVersion),
        CipherSuite = line.GetText(AccessLogField.CipherSuite),
        AuthenticationType = line.GetText(AccessLogField.AuthenticationType),
        HostHeader = line.GetText(AccessLogField.HostHeader),
        TlsVersion = line.GetText(AccessLogField.TlsVersion),
        AccessPointArn = line.GetText(AccessLogField.AccessPointArn),
        AclRequired = line.GetText(AccessLogField.AclRequired) switch { "Yes" => true, null => null, _ => false },
        SourceRegion = line.GetText(AccessLogField.SourceRegion),
    };
}
