using System.Management.Automation;
using LogDelivery.Gateways;

namespace LogDelivery.Commands;

/// <summary>What a failed call to AWS is called in PowerShell, and what to do about it.</summary>
internal static class AwsFailure
{
    /// <summary>What is wrong before any call is made; these go by their own names, and nothing works without them.</summary>
    private static readonly HashSet<string> OwnIds = new(StringComparer.Ordinal)
    {
        "NoCredentials",
        "NoRegion",
        "InvalidRegion",
        "InvalidEndpointUrl",
        "IncompleteKeys",
        "ProfileNotFound",
        "ProfileUnusable",
        "NeedsAwsTools",
        "InvalidCredential",
        "CredentialsUnusable",
        "TrailNotFound",
    };

    /// <summary>The stable id: services have several codes for the same failure.</summary>
    public static string IdOf(AwsCallException error) => error.Kind switch
    {
        _ when OwnIds.Contains(error.Code) => error.Code,
        _ when IsDenied(error) => "AccessDenied",
        AwsErrorKind.NotFound => "NotFound",
        AwsErrorKind.Throttled => "Throttled",
        AwsErrorKind.Authentication => "CredentialsRefused",
        AwsErrorKind.Timeout => "CallTimeout",
        AwsErrorKind.Unavailable => "ServiceUnavailable",
        AwsErrorKind.Invalid => "InvalidRequest",
        _ => "CallFailed",
    };

    public static ErrorCategory CategoryOf(AwsCallException error) => error.Kind switch
    {
        _ when IsDenied(error) => ErrorCategory.PermissionDenied,
        AwsErrorKind.NotFound => ErrorCategory.ObjectNotFound,
        AwsErrorKind.Throttled => ErrorCategory.LimitsExceeded,
        AwsErrorKind.Authentication => ErrorCategory.AuthenticationError,
        AwsErrorKind.Timeout => ErrorCategory.OperationTimeout,
        AwsErrorKind.Unavailable => ErrorCategory.ConnectionError,
        AwsErrorKind.Invalid => ErrorCategory.InvalidArgument,
        _ => ErrorCategory.NotSpecified,
    };

    public static string ActionOf(AwsCallException error) => error switch
    {
        { MissingPermission: { } permission } => $"Allow the IAM action {permission} to the caller, or call with credentials that have it.",
        { Kind: AwsErrorKind.AccessDenied } => "Call with credentials that have the permission; the message names the call.",
        { Kind: AwsErrorKind.NotFound } => "Compare the ARN and the Region with what Get-CTTrail shows; an ARN finds trails of other home Regions too.",
        { Kind: AwsErrorKind.Throttled } => "Try again later, or with a lower -ThrottleLimit.",
        { Kind: AwsErrorKind.Authentication } => "Give credentials that AWS accepts: -ProfileName, -AccessKey and -SecretKey, -Credential, or those of the environment.",
        { Kind: AwsErrorKind.Timeout or AwsErrorKind.Unavailable } => "See whether the endpoint can be reached from here, by its name and through the proxy, and try again.",
        { Kind: AwsErrorKind.Invalid } => "Give what the message asks for.",
        _ => "See the message and the exception.",
    };

    /// <summary>Whether the same call may well succeed a little later.</summary>
    public static bool IsPassing(AwsCallException error)
        => error.Kind is AwsErrorKind.Throttled or AwsErrorKind.Timeout or AwsErrorKind.Unavailable;

    // A role that may not be taken on leaves no credentials, but what to do is what is done about any missing permission.
    private static bool IsDenied(AwsCallException error) => error.Kind == AwsErrorKind.AccessDenied || error.MissingPermission is not null;
}
