using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using LogDelivery.Aws.Clients;
using LogDelivery.Gateways;

namespace LogDelivery.Aws.Credentials;

/// <summary>Profiles in the files that the AWS tools share.</summary>
internal sealed class Profiles
{
    /// <summary>The profile that is used where none is named, and the one that AWS.Tools had before it.</summary>
    public const string Default = "default";
    public const string LegacyDefault = "AWS PS Default";

    private readonly CredentialProfileStoreChain store;
    private readonly string? location;

    public Profiles(string? location)
    {
        // The SDK reads this variable once in the life of a process, and shells live long.
        var variable = Environment.GetEnvironmentVariable(SharedCredentialsFile.SharedCredentialsFileEnvVar);
        this.location = !string.IsNullOrEmpty(location) ? location
            : !string.IsNullOrEmpty(variable) && variable != SharedCredentialsFile.DefaultFilePath ? variable
            : null;
        store = new(this.location);
    }

    /// <summary>The profile that the environment names.</summary>
    public static string? FromEnvironment => Environment.GetEnvironmentVariable("AWS_PROFILE") is { Length: > 0 } name ? name : null;

    /// <summary>The Region of a profile; <see langword="null"/> when there is no such profile or it has none.</summary>
    public string? RegionOf(string name) => store.TryGetProfile(name, out var profile) ? profile.Region?.SystemName : null;

    /// <summary>The credentials of a profile; <see langword="null"/> when there is no such profile or it has none.</summary>
    public AWSCredentials? Find(string name, string region, ClientSettings settings)
    {
        if (!store.TryGetProfile(name, out var profile))
        {
            return null;
        }

        CheckKind(profile);
        try
        {
            return profile.CanCreateAWSCredentials ? Own(profile.GetAWSCredentials(profile.CredentialProfileStore), region, settings) : null;
        }
        catch (Exception exception) when (exception is not AwsCallException)
        {
            throw CredentialErrors.ProfileUnusable(name, exception);
        }
    }

    /// <summary>The credentials of a profile that has to be there.</summary>
    public AWSCredentials Get(string name, string region, ClientSettings settings)
        => Find(name, region, settings)
            ?? throw (store.TryGetProfile(name, out _)
                ? CredentialErrors.ProfileUnusable(name, new InvalidDataException("it holds no credentials."))
                : CredentialErrors.ProfileNotFound(name, location));

    // To make such credentials, the SDK would look for packages of its own in the whole process, and find AWS.Tools'.
    private void CheckKind(CredentialProfile profile)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var p = profile; p is not null && seen.Add(p.Name); p = Source(p))
        {
            if (string.IsNullOrEmpty(p.Options.RoleArn) && (p.Options is { SsoStartUrl.Length: > 0 } or { SsoSession.Length: > 0 } or { SsoAccountId.Length: > 0 }))
            {
                throw CredentialErrors.NeedsAwsTools("a login with IAM Identity Center (SSO)");
            }

            if (p.Options.LoginSession is { Length: > 0 })
            {
                throw CredentialErrors.NeedsAwsTools("a login in the browser");
            }
        }

        CredentialProfile? Source(CredentialProfile p)
            => p.Options.SourceProfile is { Length: > 0 } name && store.TryGetProfile(name, out var source) ? source : null;
    }

    // The SDK's own classes would look for packages that are missing, or find those of another module.
    private static AWSCredentials Own(AWSCredentials credentials, string region, ClientSettings settings) => credentials switch
    {
        AssumeRoleAWSCredentials { Options.MfaSerialNumber.Length: > 0 } => throw CredentialErrors.NeedsAwsTools("a code of an MFA device"),
        AssumeRoleAWSCredentials role => new AssumedRoleCredentials(
            Own(role.SourceCredentials, region, settings), role.RoleArn, role.RoleSessionName, role.Options, region, settings),
        AssumeRoleWithWebIdentityCredentials web => new WebIdentityCredentials(web.WebIdentityTokenFile, web.RoleArn, web.RoleSessionName, region, settings),
        FederatedAWSCredentials => throw CredentialErrors.NeedsAwsTools("a SAML login"),
        _ => credentials,
    };
}
