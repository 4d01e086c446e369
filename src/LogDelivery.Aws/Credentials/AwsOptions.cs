namespace LogDelivery.Aws;

/// <summary>
/// Options for reaching AWS, named as in AWS Tools for PowerShell. All are optional; missing ones are looked up in the
/// order of AWS.Tools.
/// </summary>
internal sealed record AwsOptions
{
    /// <summary>The access key id, with <see cref="SecretKey"/>.</summary>
    public string? AccessKey { get; init; }

    /// <summary>The secret key.</summary>
    public string? SecretKey { get; init; }

    /// <summary>The session token of temporary keys.</summary>
    public string? SessionToken { get; init; }

    /// <summary>A profile. One that does not exist is an error.</summary>
    public string? ProfileName { get; init; }

    /// <summary>The credentials file that the profiles are in, in place of the usual ones.</summary>
    public string? ProfileLocation { get; init; }

    /// <summary>Credentials as an object of any version of the AWS SDK. The object is queried on each use, so that it can renew them.</summary>
    public object? Credential { get; init; }

    /// <summary>The credentials that the shell keeps for its session, if any.</summary>
    public object? StoredCredential { get; init; }

    /// <summary>
    /// Gets the credentials of a profile, given its name and location, from the AWS.Tools of the shell; returns <see
    /// langword="null"/> when AWS.Tools is not loaded. AWS.Tools supports logins that this module does not: SSO, SAML, MFA.
    /// </summary>
    public Func<string, string?, object?>? ProfileFromShell { get; init; }

    /// <summary>The Region.</summary>
    public string? Region { get; init; }

    /// <summary>The Region that the shell keeps for its session, if any.</summary>
    public string? StoredRegion { get; init; }

    /// <summary>A URL that takes the place of every service's endpoint.</summary>
    public string? EndpointUrl { get; init; }

    /// <summary>A role to take on with the credentials.</summary>
    public string? RoleArn { get; init; }

    /// <summary>The external id that the role requires.</summary>
    public string? ExternalId { get; init; }

    /// <summary>The name of the role session, as it appears in the trail of the role's owner.</summary>
    public string RoleSessionName { get; init; } = "LogDelivery";

    /// <summary>The timeout of one attempt of a call.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The timeout of a call with all of its attempts and the waits between them; three attempts' when <see langword="null"/>.</summary>
    public TimeSpan? CallTimeout { get; init; }

    /// <summary>The maximum number of attempts of a call.</summary>
    public int MaxAttempts { get; init; } = 5;

    /// <summary>Called before every call. Never receives a secret.</summary>
    public Action<string>? Trace { get; init; }

    /// <summary>Called before every wait for another attempt, with its reason. Never receives a secret.</summary>
    public Action<string>? OnRetry { get; init; }

    /// <summary>The options without their secrets.</summary>
    public override string ToString()
        => $"{nameof(AwsOptions)} {{ ProfileName = {ProfileName}, Region = {Region}, EndpointUrl = {EndpointUrl}, RoleArn = {RoleArn} }}";
}
