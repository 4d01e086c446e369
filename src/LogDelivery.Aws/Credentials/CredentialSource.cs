using Amazon.Runtime;
using Amazon.Util;
using LogDelivery.Aws.Clients;
using LogDelivery.Gateways;

namespace LogDelivery.Aws.Credentials;

/// <summary>Finds credentials in the order of AWS Tools for PowerShell, which is not quite the SDK's.</summary>
internal static class CredentialSource
{
    // Outside of EC2 nothing responds there, so the wait is kept short.
    private static readonly TimeSpan MetadataTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Finds the credentials, and assumes the requested role with them.</summary>
    /// <exception cref="AwsCallException">There are none, or they cannot be used.</exception>
    public static async Task<ResolvedCredentials> ResolveAsync(AwsOptions options, string region, ClientSettings settings, CancellationToken cancellationToken)
    {
        var found = FromOptions(options, region, settings)
            ?? FromEnvironment(region, settings)
            ?? FromDefaultProfile(options, region, settings)
            ?? await FromMachineAsync(cancellationToken).ConfigureAwait(false)
            ?? throw CredentialErrors.NoCredentials();
        if (options.RoleArn is { Length: > 0 } role)
        {
            found = WithRole(found, role, options.RoleSessionName, options.ExternalId, region, settings);
        }

        await ProveAsync(found, cancellationToken).ConfigureAwait(false);
        return found;
    }

    /// <summary>A role assumed with other credentials.</summary>
    public static ResolvedCredentials WithRole(
        ResolvedCredentials source, string roleArn, string sessionName, string? externalId, string region, ClientSettings settings)
    {
        var roleOptions = new AssumeRoleAWSCredentialsOptions { ExternalId = externalId };
        return new(
            new AssumedRoleCredentials(source.Credentials, roleArn, sessionName, roleOptions, region, settings), $"the role {roleArn} with {source.Source}");
    }

    /// <summary>Resolves the credentials once, so that a problem with them is reported before the first call.</summary>
    public static async Task ProveAsync(ResolvedCredentials found, CancellationToken cancellationToken)
    {
        try
        {
            await found.Credentials.GetCredentialsAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not AwsCallException and not OperationCanceledException)
        {
            throw CredentialErrors.OwnerFailed(exception);
        }
    }

    private static ResolvedCredentials? FromOptions(AwsOptions options, string region, ClientSettings settings)
    {
        if (Given(options.AccessKey) || Given(options.SecretKey) || Given(options.SessionToken))
        {
            if (!Given(options.AccessKey) || !Given(options.SecretKey))
            {
                throw CredentialErrors.HalfAKey();
            }

            AWSCredentials keys = Given(options.SessionToken)
                ? new SessionAWSCredentials(options.AccessKey, options.SecretKey, options.SessionToken)
                : new BasicAWSCredentials(options.AccessKey, options.SecretKey);
            return new(keys, "the given keys");
        }

        if (Given(options.ProfileName))
        {
            var location = Given(options.ProfileLocation) ? options.ProfileLocation : null;
            return options.ProfileFromShell?.Invoke(options.ProfileName!, location) is { } foreign
                ? new(ForeignCredentials.Wrap(foreign), $"the profile {options.ProfileName} by AWS.Tools")
                : new(new Profiles(location).Get(options.ProfileName!, region, settings), $"the profile {options.ProfileName}");
        }

        return options switch
        {
            { Credential: { } credential } => new(ForeignCredentials.Wrap(credential), "the given credentials"),
            { StoredCredential: { } stored } => new(ForeignCredentials.Wrap(stored), "the shell's stored credentials"),
            _ => null,
        };
    }

    private static ResolvedCredentials? FromEnvironment(string region, ClientSettings settings)
    {
        static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

        if (Variable(EnvironmentVariablesAWSCredentials.ENVIRONMENT_VARIABLE_ACCESSKEY) is not null
            && (Variable(EnvironmentVariablesAWSCredentials.ENVIRONMENT_VARIABLE_SECRETKEY)
                ?? Variable(EnvironmentVariablesAWSCredentials.LEGACY_ENVIRONMENT_VARIABLE_SECRETKEY)) is not null)
        {
            return new(new EnvironmentVariablesAWSCredentials(), "the environment's keys");
        }

        return Variable(AssumeRoleWithWebIdentityCredentials.WebIdentityTokenFileEnvVariable) is { } file
            && Variable(AssumeRoleWithWebIdentityCredentials.RoleArnEnvVariable) is { } role
            ? new(
                new WebIdentityCredentials(
                    file, role, Variable(AssumeRoleWithWebIdentityCredentials.RoleSessionNameEnvVariable) ?? "LogDelivery", region, settings),
                $"the environment's web identity for {role}")
            : null;
    }

    private static ResolvedCredentials? FromDefaultProfile(AwsOptions options, string region, ClientSettings settings)
    {
        var profiles = new Profiles(options.ProfileLocation);
        if (Profiles.FromEnvironment is { } named)
        {
            return options.ProfileFromShell?.Invoke(named, null) is { } foreign
                ? new(ForeignCredentials.Wrap(foreign), $"the profile {named} by AWS.Tools")
                : new(profiles.Get(named, region, settings), $"the profile {named} that AWS_PROFILE names");
        }

        foreach (var name in new[] { Profiles.Default, Profiles.LegacyDefault })
        {
            if (profiles.Find(name, region, settings) is { } found)
            {
                return new(found, $"the profile {name}");
            }
        }

        return null;
    }

    private static async Task<ResolvedCredentials?> FromMachineAsync(CancellationToken cancellationToken)
    {
        if (Environment.GetEnvironmentVariable("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") is { Length: > 0 }
            || Environment.GetEnvironmentVariable("AWS_CONTAINER_CREDENTIALS_FULL_URI") is { Length: > 0 })
        {
            return new(new GenericContainerCredentials(), "the container");
        }

        if (!EC2InstanceMetadata.IsIMDSEnabled)
        {
            return null;
        }

        try
        {
            // The SDK asks for the role's name in the constructor, and waits for the answer.
            return new(
                await Task.Run(() => new InstanceProfileAWSCredentials(), cancellationToken).WaitAsync(MetadataTimeout, cancellationToken).ConfigureAwait(false),
                "the instance profile");
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return null;
        }
    }

    private static bool Given(string? value) => !string.IsNullOrEmpty(value);
}
