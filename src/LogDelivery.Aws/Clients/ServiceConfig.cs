using System.Reflection;
using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Util.Internal;

namespace LogDelivery.Aws.Clients;

/// <summary>The SDK's configuration of a service that it has no package for here.</summary>
internal sealed class ServiceConfig : ClientConfig
{
    private static readonly string Version
        = typeof(ServiceConfig).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    private readonly ServiceModel model;

    public ServiceConfig(ServiceModel model, string region, ClientSettings settings)
        : base(new DefaultConfigurationProvider(Modes))
    {
        this.model = model;
        Settings = settings;
        UserAgent = InternalSDKUtils.BuildUserAgentString(model.ServiceId.Replace(' ', '_'), Version);
        ServiceId = model.ServiceId;
        AuthenticationServiceName = model.EndpointPrefix;
        EndpointProvider = new ServiceEndpoints(model);
        Configure(this, region, settings);
        if (model.GlobalEndpoints.TryGetValue(Sources.Regions.PartitionOf(region), out var endpoint))
        {
            AuthenticationRegion = endpoint.SigningRegion;
        }
    }

    public ClientSettings Settings { get; }

    public override string ServiceVersion => model.ApiVersion;

    public override string UserAgent { get; }

    public override string RegionEndpointServiceName => model.EndpointPrefix;

    private static IDefaultConfiguration[] Modes { get; } =
    [
        .. Enum.GetValues<DefaultConfigurationMode>().Select(mode => new DefaultConfiguration
        {
            Name = mode,
            RetryMode = RequestRetryMode.Standard,
            ConnectTimeout = TimeSpan.FromSeconds(3.1),
            TlsNegotiationTimeout = TimeSpan.FromSeconds(3.1),
        }),
    ];

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters)
        => EndpointProvider.ResolveEndpoint(ServiceEndpointResolver.ParametersOf(this));

    /// <summary>Applies the settings that all clients share, including that of S3.</summary>
    public static void Configure(ClientConfig config, string region, ClientSettings settings)
    {
        config.Profile = settings.ProfileName is null ? null : new Profile(settings.ProfileName, settings.ProfileLocation);

        // Whichever is set last wins in the SDK. With an endpoint of its own, only the Region of the signature remains, and
        // the SDK would guess that from the host name.
        config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        if (settings.EndpointUrl is not null)
        {
            config.ServiceURL = settings.EndpointUrl;
        }

        config.AuthenticationRegion = region;
        config.Timeout = settings.Timeout;
        config.MaxErrorRetry = settings.MaxAttempts - 1;
        config.RetryMode = RequestRetryMode.Standard;

        // The SDK stops retrying when many calls fail. That would turn the throttling of a large account into errors; how many
        // calls there are at a time is bounded elsewhere.
        config.ThrottleRetries = false;
        config.DisableLogging = true;
        if (settings.WritesOnce)
        {
            config.HttpClientFactory = new WriteOnceHttp();
        }
    }
}
