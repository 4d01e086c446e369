using Amazon.Runtime;
using LogDelivery.Aws.Clients;
using LogDelivery.Aws.Services;
using LogDelivery.Gateways;

namespace LogDelivery.Aws.Credentials;

/// <summary>
/// Temporary credentials from STS. The SDK has such classes too, but looks for its STS package by name in the whole
/// process, and a copy of ours would be found by AWS.Tools in the user's shell.
/// </summary>
internal abstract class RoleCredentials : RefreshingAWSCredentials
{
    protected RoleCredentials(string roleArn, string sessionName)
    {
        RoleArn = roleArn;
        SessionName = sessionName;
        PreemptExpiryTime = TimeSpan.FromMinutes(5);
    }

    public string RoleArn { get; }

    protected string SessionName { get; }

    public override string ToString() => $"the role {RoleArn}";

    protected abstract Task<AssumeRoleOutput> AskAsync();

    protected override CredentialsRefreshState GenerateNewCredentials()
        => Task.Run(GenerateNewCredentialsAsync).GetAwaiter().GetResult();

    protected override async Task<CredentialsRefreshState> GenerateNewCredentialsAsync()
    {
        TemporaryCredentials credentials;
        try
        {
            credentials = (await AskAsync().ConfigureAwait(false)).Credentials;
        }
        catch (AwsCallException exception)
        {
            throw CredentialErrors.RoleFailed(RoleArn, exception);
        }

        return new(
            new ImmutableCredentials(credentials.AccessKeyId, credentials.SecretAccessKey, credentials.SessionToken),
            credentials.Expiration ?? DateTime.UtcNow.AddHours(1));
    }
}

/// <summary>A role assumed with other credentials.</summary>
internal sealed class AssumedRoleCredentials(
    AWSCredentials source, string roleArn, string sessionName, AssumeRoleAWSCredentialsOptions options, string region, ClientSettings settings)
    : RoleCredentials(roleArn, sessionName)
{
    protected override async Task<AssumeRoleOutput> AskAsync()
    {
        using var sts = new QueryServiceClient(ServiceModels.Sts, source, region, settings);
        var input = new AssumeRoleInput(RoleArn, SessionName)
        {
            ExternalId = options.ExternalId,
            DurationSeconds = options.DurationSeconds,
            SourceIdentity = options.SourceIdentity,
            Policy = options.Policy,
        };
        return await sts.CallAsync(StsOperations.AssumeRole, input, CancellationToken.None).ConfigureAwait(false);
    }
}

/// <summary>A role assumed with the token of another identity provider, which is read again each time.</summary>
internal sealed class WebIdentityCredentials(string tokenFile, string roleArn, string sessionName, string region, ClientSettings settings)
    : RoleCredentials(roleArn, sessionName)
{
    protected override async Task<AssumeRoleOutput> AskAsync()
    {
        string token;
        try
        {
            token = (await File.ReadAllTextAsync(tokenFile).ConfigureAwait(false)).Trim();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CredentialErrors.OwnerFailed(exception);
        }

        using var sts = new QueryServiceClient(ServiceModels.Sts, new AnonymousAWSCredentials(), region, settings);
        return await sts.CallAsync(StsOperations.AssumeRoleWithWebIdentity, new(RoleArn, SessionName, token), CancellationToken.None).ConfigureAwait(false);
    }
}
