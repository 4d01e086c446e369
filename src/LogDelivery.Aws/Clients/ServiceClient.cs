using Amazon.Runtime;
using Amazon.Runtime.Credentials.Internal;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;
using Amazon.Runtime.Internal.Transform;

namespace LogDelivery.Aws.Clients;

/// <summary>
/// Does what the SDK's generated clients do, for services whose package is not available: signing, retries, endpoints,
/// credentials and HTTP are the SDK's own. A generated client can take its place behind the operations.
/// </summary>
internal abstract class ServiceClient : AmazonServiceClient
{
    private readonly ClientSettings settings;
    private readonly string region;

    protected ServiceClient(ServiceModel model, AWSCredentials credentials, string region, ClientSettings settings)
        : base(credentials, new ServiceConfig(model, region, settings))
    {
        Model = model;
        this.region = region;
        this.settings = settings;
    }

    public ServiceModel Model { get; }

    // Asked for while the base class builds its pipeline, before this class has a model.
    protected override IServiceMetadata ServiceMetadata => new Metadata(Config.ServiceId);

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        pipeline.RemoveHandler<EndpointResolver>();
        pipeline.AddHandlerAfter<Marshaller>(new ServiceEndpointResolver());
        pipeline.AddHandlerAfter<Marshaller>(new AuthResolver());
        pipeline.AddHandlerAfter<AuthResolver>(new CredentialSnapshot());
        pipeline.ReplaceHandler<RetryHandler>(new RetryHandler(new ReportedRetry(Config, ((ServiceConfig)Config).Settings)));
    }

    /// <summary>Makes a call, and converts failures into <see cref="LogDelivery.Gateways.AwsCallException"/>.</summary>
    protected async Task<T> CallAsync<T>(
        string operation,
        IMarshaller<IRequest, AmazonWebServiceRequest> marshaller,
        ResponseUnmarshaller unmarshaller,
        CancellationToken cancellationToken)
    {
        var options = new InvokeOptions { RequestMarshaller = marshaller, ResponseUnmarshaller = unmarshaller };
        var response = await AwsCall.RunAsync(
            new(Model.IamPrefix, operation, region),
            settings,
            token => InvokeAsync<ServiceResponse<T>>(new ServiceRequest(), options, token),
            cancellationToken).ConfigureAwait(false);
        return response.Value;
    }

    private sealed record Metadata(string ServiceId) : IServiceMetadata
    {
        public IDictionary<string, string> OperationNameMapping { get; } = new Dictionary<string, string>();
    }

    private sealed class AuthResolver : BaseAuthResolverHandler
    {
        protected override List<IAuthSchemeOption> ResolveAuthOptions(IExecutionContext executionContext)
            => executionContext.RequestContext.ExplicitAWSCredentials is AnonymousAWSCredentials
                ? AuthSchemeOption.DEFAULT_NOAUTH
                : AuthSchemeOption.DEFAULT_SIGV4;
    }
}

/// <summary>A request whose content its marshaller knows.</summary>
internal sealed class ServiceRequest : AmazonWebServiceRequest;

/// <summary>An answer.</summary>
/// <typeparam name="T">The type of the output.</typeparam>
internal sealed class ServiceResponse<T> : AmazonWebServiceResponse
{
    public T Value { get; init; } = default!;
}
