namespace LogDelivery.Logs.AccessLogs;

/// <summary>
/// The fields of a line of an S3 server access log, in the order of the line. Source: S3 user guide, LogFormat
/// (https://docs.aws.amazon.com/AmazonS3/latest/userguide/LogFormat.html).
/// </summary>
internal enum AccessLogField
{
    /// <summary>The canonical user id of the owner of the logged bucket.</summary>
    BucketOwner,

    /// <summary>The name of the logged bucket.</summary>
    Bucket,

    /// <summary>The time when the request was received, in brackets: <c>[06/Feb/2019:00:00:38 +0000]</c>.</summary>
    Time,

    /// <summary>The address that the request seemed to come from.</summary>
    RemoteIp,

    /// <summary>The requester: an ARN, a canonical user id, <c>svc:</c> and a service principal, or <c>AmazonS3</c>.</summary>
    Requester,

    /// <summary>The id of the request.</summary>
    RequestId,

    /// <summary>The operation, such as <c>REST.PUT.OBJECT</c>, <c>BATCH.DELETE.OBJECT</c> or <c>S3.EXPIRE.OBJECT</c>.</summary>
    Operation,

    /// <summary>The key, URL-encoded.</summary>
    Key,

    /// <summary>The request line as the client sent it, quotes included: S3 does not escape them.</summary>
    RequestUri,

    /// <summary>The HTTP status.</summary>
    HttpStatus,

    /// <summary>The error code of S3's.</summary>
    ErrorCode,

    /// <summary>The bytes of the answer without HTTP's own.</summary>
    BytesSent,

    /// <summary>The size of the object in bytes.</summary>
    ObjectSize,

    /// <summary>The milliseconds from the receipt of the request to the last byte of the response.</summary>
    TotalTime,

    /// <summary>The milliseconds from the last byte of the request to the first byte of the response.</summary>
    TurnAroundTime,

    /// <summary>The Referer header as the client sent it.</summary>
    Referer,

    /// <summary>The User-Agent header as the client sent it.</summary>
    UserAgent,

    /// <summary>The version id of the request.</summary>
    VersionId,

    /// <summary>The extended request id, <c>x-amz-id-2</c>.</summary>
    HostId,

    /// <summary>The signature version: <c>SigV2</c> or <c>SigV4</c>.</summary>
    SignatureVersion,

    /// <summary>The TLS cipher.</summary>
    CipherSuite,

    /// <summary>The authentication type: <c>AuthHeader</c> or <c>QueryString</c>.</summary>
    AuthenticationType,

    /// <summary>The endpoint that was addressed.</summary>
    HostHeader,

    /// <summary>The TLS version, such as <c>TLSv1.2</c>.</summary>
    TlsVersion,

    /// <summary>The ARN of the access point.</summary>
    AccessPointArn,

    /// <summary><c>Yes</c> when an ACL was required for authorization.</summary>
    AclRequired,

    /// <summary>The Region that the request came from.</summary>
    SourceRegion,
}
