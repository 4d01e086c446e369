using LogDelivery.Gateways;
using LogDelivery.Logs.Files;

namespace LogDelivery.Aws.Objects;

/// <summary>An error of S3 that a retry of the request would not fix.</summary>
internal sealed class S3RefusedException(string message, Exception cause) : IOException(message, cause);

/// <summary>Translates failed calls into errors for readers of logs.</summary>
internal static class S3Failure
{
    public const string ReadPermission = "s3:GetObject (and kms:Decrypt, where the object is encrypted with a key of yours)";

    /// <summary>The exception that <see cref="LogObject.Open"/> promises.</summary>
    public static Exception Of(AwsCallException exception, string permission) => exception.Kind switch
    {
        AwsErrorKind.AccessDenied => new UnauthorizedAccessException($"{exception.Message} The caller needs {permission}.", exception),
        _ when exception.Code is "NoSuchKey" or "NotFound" => new FileNotFoundException("There is no such object any more: it was deleted after it was listed.", exception),
        AwsErrorKind.NotFound => new FileNotFoundException(exception.Message, exception),
        _ when exception.Code == "PreconditionFailed" => new S3RefusedException("The object was replaced while it was read.", exception),
        _ when exception.Code == "InvalidObjectState" => new S3RefusedException("The object is archived: restore it from its storage class first.", exception),
        _ => new S3RefusedException(exception.Message, exception),
    };

    /// <summary>The damage of a listing that failed.</summary>
    public static ReadDamage OfListing(S3Url url, AwsCallException exception) => new(
        url.ToString(),
        null,
        exception.Kind switch
        {
            AwsErrorKind.AccessDenied => DamageKind.NoPermission,
            AwsErrorKind.NotFound => DamageKind.NotFound,
            _ => DamageKind.Unreadable,
        },
        exception.MissingPermission is { } permission ? $"{exception.Message} The caller needs {permission} on the bucket." : exception.Message);
}
