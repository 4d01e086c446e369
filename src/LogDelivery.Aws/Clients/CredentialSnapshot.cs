using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace LogDelivery.Aws.Clients;

/// <summary>
/// Resolves the credentials once per call. The SDK resolves them twice, for the token and for the key, and a call would be
/// signed with halves of two credentials when their owner renews them in between.
/// </summary>
internal sealed class CredentialSnapshot : PipelineHandler
{
    public override async Task<T> InvokeAsync<T>(IExecutionContext executionContext)
    {
        ArgumentNullException.ThrowIfNull(executionContext);
        if (executionContext.RequestContext.Identity is AWSCredentials credentials and not AnonymousAWSCredentials)
        {
            executionContext.RequestContext.Identity = new Snapshot(await credentials.GetCredentialsAsync().ConfigureAwait(false));
        }

        return await base.InvokeAsync<T>(executionContext).ConfigureAwait(false);
    }

    private sealed class Snapshot(ImmutableCredentials credentials) : AWSCredentials
    {
        public override ImmutableCredentials GetCredentials() => credentials;
    }
}
