using System.Collections.Concurrent;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.S3;
using Amazon.S3.Internal;

namespace LogDelivery.Aws.Clients;

/// <summary>The clients of one session, made when they are first needed and kept for its life.</summary>
internal sealed class ClientPool(AWSCredentials credentials, ClientSettings settings) : IDisposable
{
    private readonly ConcurrentDictionary<(string Service, string Region), Lazy<AmazonServiceClient>> clients = new();

    public AWSCredentials Credentials => credentials;

    public ClientSettings Settings => settings;

    /// <summary>Calls an operation of a JSON service in a Region.</summary>
    public Task<TOutput> CallAsync<TInput, TOutput>(JsonOperation<TInput, TOutput> operation, string region, TInput input, CancellationToken cancellationToken)
        where TOutput : class
        => Get(operation.Service.ServiceId, region, () => new JsonServiceClient(operation.Service, credentials, region, settings))
            .CallAsync(operation, input, cancellationToken);

    /// <summary>Calls an operation of a query service in a Region.</summary>
    public Task<TOutput> CallAsync<TInput, TOutput>(QueryOperation<TInput, TOutput> operation, string region, TInput input, CancellationToken cancellationToken)
        where TOutput : class
        => Get(operation.Service.ServiceId, region, () => new QueryServiceClient(operation.Service, credentials, region, settings))
            .CallAsync(operation, input, cancellationToken);

    /// <summary>Calls S3 in a Region.</summary>
    public Task<TOutput> CallS3Async<TOutput>(
        string operation, string region, string bucketName, Func<AmazonS3Client, CancellationToken, Task<TOutput>> invoke, CancellationToken cancellationToken)
    {
        var client = Get("S3", region, () => new S3Client(credentials, S3Config(region)));
        return AwsCall.RunAsync(new("s3", operation, region, bucketName), settings, token => invoke(client, token), cancellationToken);
    }

    public void Dispose()
    {
        foreach (var client in clients.Values.Where(c => c.IsValueCreated))
        {
            client.Value.Dispose();
        }

        clients.Clear();
    }

    private S3ClientConfig S3Config(string region)
    {
        var config = new S3ClientConfig(settings);
        ServiceConfig.Configure(config, region, settings);

        // Buckets as parts of the host name are AWS's own affair.
        config.ForcePathStyle = config.ServiceURL is not null;
        return config;
    }

    // The pipeline is built before a client has fields of its own, so the configuration brings the settings.
    private sealed class S3ClientConfig(ClientSettings settings) : AmazonS3Config
    {
        public ClientSettings Settings { get; } = settings;
    }

    private sealed class S3Client(AWSCredentials credentials, S3ClientConfig config) : AmazonS3Client(credentials, config)
    {
        protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
        {
            base.CustomizeRuntimePipeline(pipeline);
            pipeline.AddHandlerAfter<AmazonS3AuthSchemeHandler>(new CredentialSnapshot());
            pipeline.ReplaceHandler<RetryHandler>(new RetryHandler(new ReportedRetry(Config, ((S3ClientConfig)Config).Settings)));
        }
    }

    private T Get<T>(string service, string region, Func<T> make)
        where T : AmazonServiceClient
        => (T)clients.GetOrAdd((service, region), _ => new Lazy<AmazonServiceClient>(make)).Value;
}
