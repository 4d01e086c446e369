using LogDelivery.Gateways;

namespace LogDelivery.Aws.Credentials;

/// <summary>Errors that occur before any call is made, with their remedies. The codes are stable.</summary>
internal static class CredentialErrors
{
    public static AwsCallException NoCredentials() => new(
        AwsErrorKind.Authentication,
        "NoCredentials",
        "No credentials specified or obtained from persisted/shell defaults. Give -ProfileName, -AccessKey and -SecretKey, or -Credential; or set the environment variables AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.");

    public static AwsCallException NoRegion() => new(
        AwsErrorKind.Invalid,
        "NoRegion",
        "No Region specified or obtained from persisted/shell defaults. Give -Region, or set the environment variable AWS_REGION.");

    public static AwsCallException InvalidRegion(string region) => new(
        AwsErrorKind.Invalid, "InvalidRegion", $"'{region}' is no Region name, such as us-east-1.");

    public static AwsCallException InvalidEndpoint(string url) => new(
        AwsErrorKind.Invalid, "InvalidEndpointUrl", $"'{url}' is no endpoint: an absolute URL is needed, such as http://127.0.0.1:4566.");

    public static AwsCallException HalfAKey() => new(
        AwsErrorKind.Invalid, "IncompleteKeys", "An access key needs its secret key, and the other way round; a session token needs both.");

    public static AwsCallException ProfileNotFound(string name, string? location) => new(
        AwsErrorKind.Authentication, "ProfileNotFound", $"There is no profile '{name}' in {location ?? "the AWS credentials and configuration files"}.");

    public static AwsCallException ProfileUnusable(string name, Exception cause) => new(
        AwsErrorKind.Authentication, "ProfileUnusable", $"The profile '{name}' cannot be used: {cause.Message}", cause);

    public static AwsCallException NeedsAwsTools(string what) => new(
        AwsErrorKind.Authentication,
        "NeedsAwsTools",
        $"The credentials need {what}, which AWS.Tools does and this module does not. In PowerShell, import AWS.Tools.Common (and log in with Invoke-AWSSSOLogin where that is due) and try again; elsewhere, run 'aws configure export-credentials --format env' and set the environment variables that it prints.");

    public static AwsCallException NotCredentials(object value) => new(
        AwsErrorKind.Invalid,
        "InvalidCredential",
        $"A {value.GetType().FullName} is no AWS credentials. Give what Get-AWSCredential, New-AWSCredential or (Use-STSRole ...).Credentials returns.");

    public static AwsCallException OwnerFailed(Exception cause) => new(
        AwsErrorKind.Authentication, "CredentialsUnusable", $"The credentials cannot be had from where they come from: {cause.Message}", cause);

    public static AwsCallException RoleFailed(string roleArn, AwsCallException cause) => new(
        AwsErrorKind.Authentication, cause.Code, $"The role {roleArn} cannot be taken on. {cause.Message}", cause)
    {
        Operation = cause.Operation,
        MissingPermission = cause.MissingPermission,
        RequestId = cause.RequestId,
        Region = cause.Region,
    };
}
