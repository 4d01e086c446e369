using System.Collections.Concurrent;
using System.Net;
using Amazon.Runtime;

namespace LogDelivery.Aws.Clients;

/// <summary>
/// HTTP for calls that must not be repeated. The SDK sends a request again when the connection ends before an answer, up to
/// ten times and whatever number of attempts it is configured for (seen with AWSSDK.Core 4.0.102.18). By then the write may
/// have succeeded and another writer may have overwritten it, so here the first failure is final.
/// </summary>
internal sealed class WriteOnceHttp : HttpClientFactory
{
    public override HttpClient CreateHttpClient(IClientConfig clientConfig)
    {
        // As the SDK's own clients are made.
        var handler = new HttpClientHandler { AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.None, UseCookies = false };
        if (clientConfig.GetWebProxy() is { } proxy)
        {
            handler.Proxy = proxy;
        }

        return new(new OnceHandler(handler)) { Timeout = clientConfig.Timeout ?? System.Threading.Timeout.InfiniteTimeSpan };
    }

    private sealed class OnceHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        private const string InvocationId = "amz-sdk-invocation-id";

        private readonly ConcurrentDictionary<string, Exception> failures = new(StringComparer.Ordinal);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var id = request.Headers.TryGetValues(InvocationId, out var values) ? values.FirstOrDefault() : null;
            if (id is not null && failures.TryGetValue(id, out var first))
            {
                throw first;
            }

            try
            {
                return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (id is not null)
            {
                failures[id] = exception;
                throw;
            }
        }
    }
}
