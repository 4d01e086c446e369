using LogDelivery.Aws.Clients;
using LogDelivery.Aws.Credentials;
using LogDelivery.Aws.Gateways;
using LogDelivery.Gateways;

namespace LogDelivery.Aws;

/// <summary>
/// A session with AWS: one set of credentials, and the gateways to call services in any Region. Thread-safe.
/// </summary>
internal sealed class AwsSession : IStreamGateways, IAlarmGateways, IDisposable
{
    private readonly AwsOptions options;
    private readonly ResolvedCredentials credentials;
    private readonly ClientPool clients;
    private readonly ClientPool writers;

    private AwsSession(AwsOptions options, ResolvedCredentials credentials, ResolvedRegion region, ClientSettings settings)
    {
        this.options = options;
        this.credentials = credentials;
        Region = region.Region;
        RegionSource = region.Source;
        clients = new(credentials.Credentials, settings);
        writers = new(credentials.Credentials, settings with { MaxAttempts = 1, WritesOnce = true });
        Trails = new TrailGateway(clients);
        Buckets = new BucketGateway(clients, writers, Region);
        Logs = new S3Logs(clients, Buckets, Region);
        Keys = new KeyGateway(clients, writers);
        Topics = new TopicGateway(clients, writers);
        LogGroups = new LogGroupGateway(clients);
        Roles = new RoleGateway(clients, writers, Region);
        Account = new AccountGateway(clients, Region);
        MetricFilters = new MetricFilterGateway(clients, Region);
        MetricAlarms = new MetricAlarmGateway(clients, Region);
        AlarmTopics = new AlarmTopicGateway(clients, Region);
        DataEvents = new DataEventGateway(clients);
        Streams = new StreamGateway(clients);
        Subscriptions = new SubscriptionGateway(clients);
        Objects = new ObjectGateway(clients, Buckets, Region);
    }

    /// <summary>The Region of calls that name no other.</summary>
    public string Region { get; }

    /// <summary>A description of where the Region was found.</summary>
    public string RegionSource { get; }

    /// <summary>A description of where the credentials were found, without secrets.</summary>
    public string CredentialSource => credentials.Source;

    /// <inheritdoc/>
    public ITrailGateway Trails { get; }

    /// <inheritdoc/>
    public IBucketGateway Buckets { get; }

    /// <inheritdoc/>
    public IKeyGateway Keys { get; }

    /// <inheritdoc/>
    public ITopicGateway Topics { get; }

    /// <inheritdoc/>
    public ILogGroupGateway LogGroups { get; }

    /// <inheritdoc/>
    public IRoleGateway Roles { get; }

    /// <inheritdoc/>
    public IAccountGateway Account { get; }

    /// <inheritdoc/>
    public IMetricFilterGateway MetricFilters { get; }

    /// <inheritdoc/>
    public IMetricAlarmGateway MetricAlarms { get; }

    /// <inheritdoc/>
    public IAlarmTopicGateway AlarmTopics { get; }

    /// <inheritdoc/>
    public IDataEventGateway DataEvents { get; }

    /// <summary>The log objects of buckets.</summary>
    public S3Logs Logs { get; }

    /// <inheritdoc/>
    public IStreamGateway Streams { get; }

    /// <inheritdoc/>
    public ISubscriptionGateway Subscriptions { get; }

    /// <inheritdoc/>
    public IObjectGateway Objects { get; }

    internal ClientPool Clients => clients;

    /// <summary>Finds Region and credentials, and opens a session with them.</summary>
    /// <param name="options">The options for reaching AWS.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="AwsCallException">There is no Region, or there are no credentials that can be used.</exception>
    public static async Task<AwsSession> OpenAsync(AwsOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        cancellationToken.ThrowIfCancellationRequested();
        if (options.EndpointUrl is { Length: > 0 } url
            && !(Uri.TryCreate(url, UriKind.Absolute, out var endpoint) && endpoint.Scheme is "http" or "https"))
        {
            throw CredentialErrors.InvalidEndpoint(url);
        }

        var region = await Aws.Credentials.RegionSource.ResolveAsync(options, cancellationToken).ConfigureAwait(false);
        var settings = new ClientSettings(string.IsNullOrEmpty(options.EndpointUrl) ? null : options.EndpointUrl)
        {
            Timeout = options.CallTimeout is { } limit && limit < options.Timeout ? limit : options.Timeout,
            Deadline = options.CallTimeout ?? (options.Timeout * 3),
            MaxAttempts = options.MaxAttempts,
            ProfileName = string.IsNullOrEmpty(options.ProfileName) ? null : options.ProfileName,
            ProfileLocation = string.IsNullOrEmpty(options.ProfileLocation) ? null : options.ProfileLocation,
            Trace = options.Trace,
            OnRetry = options.OnRetry,
        };
        var credentials = await Aws.Credentials.CredentialSource.ResolveAsync(options, region.Region, settings, cancellationToken).ConfigureAwait(false);
        return new(options, credentials, region, settings);
    }

    /// <summary>Opens a session in a role that is assumed with this session's credentials.</summary>
    /// <param name="roleArn">The role.</param>
    /// <param name="externalId">The external id that the role requires, if any.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="AwsCallException">The role cannot be assumed.</exception>
    public async Task<AwsSession> AssumeRoleAsync(string roleArn, string? externalId = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(roleArn);
        var role = Aws.Credentials.CredentialSource.WithRole(credentials, roleArn, options.RoleSessionName, externalId, Region, clients.Settings);
        await Aws.Credentials.CredentialSource.ProveAsync(role, cancellationToken).ConfigureAwait(false);
        return new(options, role, new(Region, RegionSource), clients.Settings);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        clients.Dispose();
        writers.Dispose();
    }

    /// <summary>The Region and the source of the credentials.</summary>
    public override string ToString() => $"{Region} with {CredentialSource}";
}
