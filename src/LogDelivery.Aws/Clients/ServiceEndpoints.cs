using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Endpoints.StandardLibrary;

namespace LogDelivery.Aws.Clients;

/// <summary>The host names of a service, by the SDK's own table of partitions.</summary>
internal sealed class ServiceEndpoints(ServiceModel model) : IEndpointProvider
{
    public const string Region = "Region";
    public const string Url = "Endpoint";
    public const string Fips = "UseFIPS";
    public const string DualStack = "UseDualStack";

    public Endpoint ResolveEndpoint(EndpointParameters parameters)
    {
        if (parameters[Url] is string { Length: > 0 } url)
        {
            return new Endpoint(url);
        }

        var region = (string?)parameters[Region] ?? throw new AmazonClientException($"No Region for {model.ServiceId}.");
        var partition = Fn.Partition(region);
        var fips = parameters[Fips] is true && partition.supportsFIPS ? "-fips" : string.Empty;
        var suffix = parameters[DualStack] is true && partition.supportsDualStack ? partition.dualStackDnsSuffix : partition.dnsSuffix;
        var host = model.GlobalEndpoints.TryGetValue(partition.name, out var global) && fips.Length == 0
            ? global.Host
            : $"{model.EndpointPrefix}{fips}.{region}";
        return new Endpoint($"https://{host}.{suffix}");
    }
}

/// <summary>Gets the endpoint of a request from <see cref="ServiceEndpoints"/>.</summary>
internal sealed class ServiceEndpointResolver : BaseEndpointResolver
{
    public static EndpointParameters ParametersOf(IClientConfig config) => new()
    {
        [ServiceEndpoints.Region] = config.RegionEndpoint?.SystemName ?? config.AuthenticationRegion,
        [ServiceEndpoints.Url] = config.ServiceURL,
        [ServiceEndpoints.Fips] = config.UseFIPSEndpoint,
        [ServiceEndpoints.DualStack] = config.UseDualstackEndpoint,
    };

    protected override EndpointParameters MapEndpointsParameters(IRequestContext requestContext)
        => ParametersOf(requestContext.ClientConfig);
}
