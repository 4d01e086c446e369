using LogDelivery.Logs.AccessLogs;
using LogDelivery.Logs.CloudTrail;

namespace LogDelivery.Logs.Access;

/// <summary>One request to S3, in the words that CloudTrail events and access logs share.</summary>
internal sealed record S3Request
{
    private const string Service = "svc:";
    private const int CanonicalIdLength = 64;

    /// <summary>Stands for the User-Agent of a line that can be read in two ways.</summary>
    public const string Ambiguous = "(ambiguous)";

    public DateTime Time { get; init; }

    /// <summary>The event's name, or the access log's operation.</summary>
    public string Operation { get; init; } = string.Empty;

    /// <summary>The ARN of the requester; without an ARN, the service, canonical user id or account.</summary>
    public string? Arn { get; init; }

    /// <summary>The role that a session is of.</summary>
    public string? RoleArn { get; init; }

    /// <summary>The name of the user or role.</summary>
    public string? UserName { get; init; }

    /// <summary>The account of the requester.</summary>
    public string? AccountId { get; init; }

    /// <summary>Whether the caller is of another account than the bucket; <see langword="null"/> when the log does not say.</summary>
    public bool? IsCrossAccount { get; init; }

    public bool IsAnonymous { get; init; }

    /// <summary>The service that made the request, for itself or on behalf of a caller.</summary>
    public string? ServiceName { get; init; }

    public bool IsFromConsole { get; init; }

    public string? BucketName { get; init; }

    public string? Key { get; init; }

    public string? Region { get; init; }

    public string? SourceAddress { get; init; }

    public string? VpcEndpointId { get; init; }

    public string? UserAgent { get; init; }

    public string? Referer { get; init; }

    public string? SignatureVersion { get; init; }

    public long? BytesIn { get; init; }

    public long? BytesOut { get; init; }

    public string? ErrorCode { get; init; }

    public string? RequestId { get; init; }

    public DeliveryEvidence Evidence { get; init; }

    /// <summary>Whether the response fields depend on the reading of an ambiguous line.</summary>
    public bool IsAmbiguous { get; init; }

    /// <summary>Gets the request of an event; <see langword="null"/> when it is not a request to S3 or has no time.</summary>
    public static S3Request? From(CloudTrailEvent record)
    {
        if (record.Time is not { } time || record.EventSource?.StartsWith("s3", StringComparison.Ordinal) != true)
        {
            return null;
        }

        var isAnonymous = record.IdentityAccountId is "anonymous" or "ANONYMOUS_PRINCIPAL" || record.IdentityPrincipalId == "ANONYMOUS_PRINCIPAL";
        var service = record.InvokedBy ?? (record.IdentityType == "AWSService" || IsService(record.SourceAddress) ? record.SourceAddress : null);
        return new()
        {
            Time = time,
            Operation = record.EventName ?? string.Empty,
            Arn = record.IdentityArn ?? (record.IdentityType == "AWSService" ? service : isAnonymous ? null : NotEmpty(record.IdentityPrincipalId) ?? record.IdentityAccountId),
            RoleArn = record.RoleArn,
            UserName = record.UserName,
            AccountId = isAnonymous ? null : record.IdentityAccountId,
            IsCrossAccount = isAnonymous || record.IdentityAccountId is null ? null : (record.BucketAccountId ?? record.RecipientAccountId) is { } owner ? owner != record.IdentityAccountId : null,
            IsAnonymous = isAnonymous,
            ServiceName = service,
            IsFromConsole = record.IsFromConsole,
            BucketName = record.BucketName ?? BucketOf(record.ResourceArn),
            Key = record.Key,
            Region = record.Region,
            SourceAddress = record.SourceAddress,
            VpcEndpointId = record.VpcEndpointId,
            UserAgent = record.UserAgent,
            SignatureVersion = record.SignatureVersion,
            BytesIn = record.BytesIn,
            BytesOut = record.BytesOut,
            ErrorCode = NotEmpty(record.ErrorCode),
            RequestId = record.RequestId,
            Evidence = DeliveryEvidence.CloudTrail,
        };
    }

    /// <summary>The request of an access log's record.</summary>
    public static S3Request From(AccessLogRecord record)
    {
        var requester = record.Requester;
        var service = requester?.StartsWith(Service, StringComparison.Ordinal) == true ? requester[Service.Length..] : requester == "AmazonS3" ? "s3.amazonaws.com" : null;
        var isArn = Policies.Arn.TryParse(requester, out var arn);
        return new()
        {
            Time = record.Time.UtcDateTime,
            Operation = record.Operation ?? string.Empty,
            Arn = service ?? requester,
            RoleArn = isArn && arn.AssumedRoleName is { } role ? $"arn:{arn.Partition}:iam::{arn.AccountId}:role/{role}" : null,
            UserName = isArn ? arn.AssumedRoleName : null,
            AccountId = isArn ? arn.AccountId : null,

            // The log has the owner as a canonical user, which can be compared with another one only.
            IsCrossAccount = requester is { Length: CanonicalIdLength } && service is null && record.BucketOwner is { } owner ? requester != owner : null,
            IsAnonymous = requester is null,
            ServiceName = service,
            IsFromConsole = record.Referer is { } referer && IsConsole(referer),
            BucketName = record.BucketName,
            Key = record.Key,
            Region = S3Hosts.RegionOf(record.HostHeader),
            SourceAddress = record.RemoteIp,
            UserAgent = record.UserAgent,
            Referer = record.Referer,
            SignatureVersion = record.SignatureVersion,
            BytesOut = record.BytesSent,
            BytesIn = record.Operation is "REST.PUT.OBJECT" or "REST.PUT.PART" or "REST.POST.OBJECT" && !record.IsError ? record.ObjectSize : null,
            ErrorCode = record.ErrorCode ?? (record.HttpStatus >= 400 ? $"HTTP {record.HttpStatus}" : null),
            RequestId = record.RequestId,
            Evidence = DeliveryEvidence.AccessLog,
        };
    }

    /// <summary>Builds the request that several readings of one line agree on; fields that the client chose are ambiguous where the readings differ.</summary>
    public static S3Request From(IReadOnlyList<AccessLogRecord> readings)
    {
        var requests = readings.Select(From).ToArray();
        var first = requests[0];
        return first with
        {
            IsAmbiguous = true,
            UserAgent = Array.TrueForAll(requests, r => r.UserAgent == first.UserAgent) ? first.UserAgent : Ambiguous,
            Referer = Array.TrueForAll(requests, r => r.Referer == first.Referer) ? first.Referer : Ambiguous,
            IsFromConsole = Array.TrueForAll(requests, r => r.IsFromConsole),
            ErrorCode = Array.TrueForAll(requests, r => r.ErrorCode == first.ErrorCode) ? first.ErrorCode : Ambiguous,
            BytesOut = Array.TrueForAll(requests, r => r.BytesOut == first.BytesOut) ? first.BytesOut : null,
            BytesIn = Array.TrueForAll(requests, r => r.BytesIn == first.BytesIn) ? first.BytesIn : null,
        };
    }

    private static bool IsService(string? address) => address?.EndsWith(".amazonaws.com", StringComparison.Ordinal) == true || address == "AWS Internal";

    private static bool IsConsole(string referer)
        => Uri.TryCreate(referer, UriKind.Absolute, out var uri) && (uri.Host.EndsWith(".console.aws.amazon.com", StringComparison.Ordinal) || uri.Host == "console.aws.amazon.com");

    private static string? BucketOf(string? arn)
        => Policies.Arn.TryParse(arn, out var parts) && parts is { Service: "s3", Resource.Length: > 0 } ? parts.Resource.Split('/')[0] : null;

    private static string? NotEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
