using System.Net;
using System.Net.Sockets;
using Amazon.Runtime;
using LogDelivery.Gateways;

namespace LogDelivery.Aws.Clients;

/// <summary>The one place where exceptions of the SDK become <see cref="AwsCallException"/>s.</summary>
internal static class AwsErrors
{
    private static readonly Dictionary<string, AwsErrorKind> Kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        ["AccessDenied"] = AwsErrorKind.AccessDenied,
        ["AccessDeniedException"] = AwsErrorKind.AccessDenied,
        ["AllAccessDisabled"] = AwsErrorKind.AccessDenied,
        ["AuthorizationError"] = AwsErrorKind.AccessDenied,
        ["Forbidden"] = AwsErrorKind.AccessDenied,
        ["UnauthorizedOperation"] = AwsErrorKind.AccessDenied,
        ["UnauthorizedAccess"] = AwsErrorKind.AccessDenied,
        ["OperationNotPermittedException"] = AwsErrorKind.AccessDenied,

        // S3 says so of the policy of a bucket that belongs to another account, even where that account lets it be read.
        ["MethodNotAllowed"] = AwsErrorKind.AccessDenied,

        ["AWSOrganizationsNotInUseException"] = AwsErrorKind.NotFound,
        ["NoSuchEntity"] = AwsErrorKind.NotFound,
        ["NoSuchBucket"] = AwsErrorKind.NotFound,
        ["NoSuchBucketPolicy"] = AwsErrorKind.NotFound,
        ["NotFound"] = AwsErrorKind.NotFound,
        ["InsightNotEnabledException"] = AwsErrorKind.NotFound,
        ["ServerSideEncryptionConfigurationNotFoundError"] = AwsErrorKind.NotFound,

        ["Throttling"] = AwsErrorKind.Throttled,
        ["RequestLimitExceeded"] = AwsErrorKind.Throttled,
        ["RequestThrottled"] = AwsErrorKind.Throttled,
        ["BandwidthLimitExceeded"] = AwsErrorKind.Throttled,
        ["TooManyRequestsException"] = AwsErrorKind.Throttled,
        ["SlowDown"] = AwsErrorKind.Throttled,
        ["PriorRequestNotComplete"] = AwsErrorKind.Throttled,

        ["AuthFailure"] = AwsErrorKind.Authentication,
        ["ExpiredToken"] = AwsErrorKind.Authentication,
        ["ExpiredTokenException"] = AwsErrorKind.Authentication,
        ["IncompleteSignature"] = AwsErrorKind.Authentication,
        ["IncompleteSignatureException"] = AwsErrorKind.Authentication,
        ["InvalidAccessKeyId"] = AwsErrorKind.Authentication,
        ["InvalidClientTokenId"] = AwsErrorKind.Authentication,
        ["InvalidIdentityToken"] = AwsErrorKind.Authentication,
        ["InvalidSecurity"] = AwsErrorKind.Authentication,
        ["InvalidSignatureException"] = AwsErrorKind.Authentication,
        ["InvalidToken"] = AwsErrorKind.Authentication,
        ["MissingAuthenticationToken"] = AwsErrorKind.Authentication,
        ["MissingAuthenticationTokenException"] = AwsErrorKind.Authentication,
        ["NotAuthorizedException"] = AwsErrorKind.Authentication,
        ["OptInRequired"] = AwsErrorKind.Authentication,
        ["RequestExpired"] = AwsErrorKind.Authentication,
        ["RequestTimeTooSkewed"] = AwsErrorKind.Authentication,
        ["SignatureDoesNotMatch"] = AwsErrorKind.Authentication,
        ["TokenRefreshRequired"] = AwsErrorKind.Authentication,
        ["UnrecognizedClientException"] = AwsErrorKind.Authentication,

        ["RequestTimeout"] = AwsErrorKind.Timeout,
        ["RequestTimeoutException"] = AwsErrorKind.Timeout,

        ["InternalError"] = AwsErrorKind.Unavailable,
        ["InternalFailure"] = AwsErrorKind.Unavailable,
        ["ServiceUnavailable"] = AwsErrorKind.Unavailable,
    };

    /// <summary>S3's names of its operations are not those of the actions that allow them.</summary>
    private static readonly Dictionary<string, string> Actions = new(StringComparer.Ordinal)
    {
        ["s3:GetBucketEncryption"] = "s3:GetEncryptionConfiguration",
        ["s3:GetObjectLockConfiguration"] = "s3:GetBucketObjectLockConfiguration",
        ["s3:GetPublicAccessBlock"] = "s3:GetBucketPublicAccessBlock",
        ["s3:HeadBucket"] = "s3:ListBucket",
        ["s3:ListObjectsV2"] = "s3:ListBucket",
        ["s3:ListBuckets"] = "s3:ListAllMyBuckets",
    };

    /// <summary>The IAM action that allows an operation.</summary>
    public static string ActionOf(AwsCall call) => Actions.GetValueOrDefault(call.ToString(), call.ToString());

    /// <summary>Creates the exception that callers see.</summary>
    public static AwsCallException Map(Exception exception, AwsCall call) => exception switch
    {
        _ when Find<AwsCallException>(exception) is { } ours => ours,
        AmazonUnmarshallingException => Unreadable(exception, call),
        AmazonServiceException { ErrorCode.Length: > 0 } service => FromService(service, call),
        AmazonServiceException { StatusCode: not 0 } service => FromService(service, call),
        _ => FromElsewhere(exception, call),
    };

    /// <summary>Creates the exception for an error with a code and a message.</summary>
    public static AwsCallException Create(string code, HttpStatusCode status, string message, string? requestId, AwsCall call, Exception? cause = null)
    {
        var kind = KindOf(code, status);
        var text = kind switch
        {
            AwsErrorKind.AccessDenied => $"{call} was denied in {call.Region}: {message}",
            AwsErrorKind.Authentication => $"AWS does not accept the credentials ({code}): {message}",
            AwsErrorKind.Throttled => $"{call} was throttled in {call.Region} ({code}): {message}",
            _ => $"{call} failed in {call.Region} ({code}): {message}",
        };
        return new(kind, code, text, cause)
        {
            Operation = call.ToString(),
            MissingPermission = kind == AwsErrorKind.AccessDenied ? ActionOf(call) : null,
            RequestId = requestId,
            Region = call.Region,
        };
    }

    /// <summary>Creates the exception for a response that cannot be from AWS.</summary>
    public static AwsCallException Unreadable(Exception? exception, AwsCall call)
        => new(AwsErrorKind.Unavailable, "UnreadableAnswer", $"{call} got an answer from {call.Region} that cannot be read.", exception)
        {
            Operation = call.ToString(),
            Region = call.Region,
        };

    /// <summary>An exception and what caused it, one after the other.</summary>
    public static IEnumerable<Exception> CausesOf(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            yield return exception;
        }
    }

    private static AwsCallException FromService(AmazonServiceException exception, AwsCall call)
    {
        var code = string.IsNullOrEmpty(exception.ErrorCode) ? exception.StatusCode.ToString() : exception.ErrorCode;

        // The SDK's own message for an unexplained response refers to an inner exception that is not shown.
        var explains = !string.IsNullOrWhiteSpace(exception.Message) && !exception.Message.StartsWith("The service returned an error", StringComparison.Ordinal);
        var message = explains ? exception.Message : $"HTTP status {(int)exception.StatusCode}.";
        return Create(code, exception.StatusCode, message, exception.RequestId, call, exception);
    }

    private static AwsCallException FromElsewhere(Exception exception, AwsCall call)
    {
        var (kind, code, message) = exception switch
        {
            OperationCanceledException or TimeoutException => (AwsErrorKind.Timeout, "Timeout", $"{call} got no answer in time from {call.Region}."),
            _ when Find<SocketException>(exception) is { } socket => (AwsErrorKind.Unavailable, "NoConnection", $"{call} cannot reach {PlaceOf(exception, call)}: {socket.Message}"),
            HttpRequestException or IOException => (AwsErrorKind.Unavailable, "NoConnection", $"{call} cannot reach {PlaceOf(exception, call)}: {exception.Message}"),
            _ when Find<HttpRequestException>(exception) is { } http => (AwsErrorKind.Unavailable, "NoConnection", $"{call} cannot reach {PlaceOf(exception, call)}: {http.Message}"),
            _ => (AwsErrorKind.Other, "CallFailed", $"{call} failed in {call.Region}: {exception.Message}"),
        };
        return new(kind, code, message, exception) { Operation = call.ToString(), Region = call.Region };
    }

    // The URL tells a wrong endpoint, a proxy and a Region that does not exist apart.
    private static string PlaceOf(Exception exception, AwsCall call)
    {
        var endpoint = CausesOf(exception).Select(e => e.Data[ReportedRetry.Endpoint]).OfType<Uri>().FirstOrDefault();
        return endpoint is null ? call.Region : $"{endpoint.GetLeftPart(UriPartial.Authority)} ({call.Region})";
    }

    private static AwsErrorKind KindOf(string code, HttpStatusCode status)
    {
        if (Kinds.TryGetValue(code, out var kind))
        {
            return kind;
        }

        return code switch
        {
            _ when code.StartsWith("Throttl", StringComparison.OrdinalIgnoreCase) => AwsErrorKind.Throttled,
            _ when code.EndsWith("NotFoundException", StringComparison.OrdinalIgnoreCase) => AwsErrorKind.NotFound,
            _ when code.EndsWith("NotFound", StringComparison.OrdinalIgnoreCase) => AwsErrorKind.NotFound,
            _ when code.StartsWith("NoSuch", StringComparison.Ordinal) => AwsErrorKind.NotFound,
            _ when code.StartsWith("Malformed", StringComparison.Ordinal) => AwsErrorKind.Invalid,
            _ when code.Contains("Invalid", StringComparison.Ordinal) || code.Contains("Validation", StringComparison.Ordinal) => AwsErrorKind.Invalid,
            _ => status switch
            {
                HttpStatusCode.Unauthorized => AwsErrorKind.Authentication,
                HttpStatusCode.Forbidden or HttpStatusCode.MethodNotAllowed => AwsErrorKind.AccessDenied,
                HttpStatusCode.NotFound => AwsErrorKind.NotFound,
                HttpStatusCode.TooManyRequests => AwsErrorKind.Throttled,
                HttpStatusCode.RequestTimeout or HttpStatusCode.GatewayTimeout => AwsErrorKind.Timeout,
                >= HttpStatusCode.InternalServerError => AwsErrorKind.Unavailable,
                HttpStatusCode.BadRequest => AwsErrorKind.Invalid,
                _ => AwsErrorKind.Other,
            },
        };
    }

    private static T? Find<T>(Exception? exception)
        where T : Exception
        => CausesOf(exception).OfType<T>().FirstOrDefault();
}
