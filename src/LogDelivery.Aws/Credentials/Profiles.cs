using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using LogDelivery.Aws.Clients;
using LogDelivery.Health;

namespace LogDelivery.Aws.Credentials;

/// <summary>Profiles in the files that the AWS tools share.</summary>
internal sealed class Profiles(string? location)
{
    /// <summary>The profile that is used where none is named, and the one that AWS.Tools had before it.</summary>
    public const string Default = "default";
    public const string LegacyDefault = "AWS PS Default";

    private readonly CredentialProfileStoreChain store = new(location);

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

    // The SDK's own classes would look for packages that are not there, or find those of somebody else.
    private static AWSCredentials Own(AWSCredentials credentials, string region, ClientSettings settings) => credentials switch
    {
        AssumeRoleAWSCredentials { Options.MfaSerialNumber.Length: > 0 } => throw CredentialErrors.NeedsAwsTools("a code of an MFA device"),
        AssumeRoleAWSCredentials role => new AssumedRoleCredentials(
            Own(role.SourceCredentials, region, settings), role.RoleArn, role.RoleSessionName, role.Options, region, settings),
        AssumeRoleWithWebIdentityCredentials web => new WebIdentityCredentials(web.WebIdentityTokenFile, web.RoleArn, web.RoleSessionName, region, settings),
        SSOAWSCredentials => throw CredentialErrors.NeedsAwsTools("a login with IAM Identity Center (SSO)"),
        LoginAWSCredentials => throw CredentialErrors.NeedsAwsTools("a login in the browser"),
        FederatedAWSCredentials => throw CredentialErrors.NeedsAwsTools("a SAML login"),
        _ => credentials,
    };
}
