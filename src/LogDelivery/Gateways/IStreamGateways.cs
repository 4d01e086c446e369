namespace LogDelivery.Gateways;

/// <summary>The calls to AWS about the chain from a log group to a bucket. Thread-safe.</summary>
internal interface IStreamGateways : IAwsGateways
{
    /// <summary>Firehose streams.</summary>
    IStreamGateway Streams { get; }

    /// <summary>Subscriptions and events of log groups.</summary>
    ISubscriptionGateway Subscriptions { get; }

    /// <summary>Objects in buckets.</summary>
    IObjectGateway Objects { get; }
}

/// <summary>Reads Firehose streams.</summary>
internal interface IStreamGateway
{
    /// <summary>A stream.</summary>
    /// <param name="region">The Region to call.</param>
    /// <param name="name">The stream's name.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<Readable<StreamDescription>> DescribeAsync(string region, string name, CancellationToken cancellationToken);
}

/// <summary>Reads subscription filters and events from CloudWatch Logs.</summary>
internal interface ISubscriptionGateway
{
    /// <summary>The subscription filters of a log group; missing when there is no such group.</summary>
    /// <param name="region">The Region to call.</param>
    /// <param name="logGroupName">The group.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<Readable<IReadOnlyList<SubscriptionFilter>>> GetFiltersAsync(string region, string logGroupName, CancellationToken cancellationToken);

    /// <summary>Finds the filters of all log groups that send to a destination. AWS has no such list, so each group is read.</summary>
    /// <param name="region">The Region to call.</param>
    /// <param name="destinationArn">The destination.</param>
    /// <param name="maxGroups">The maximum number of groups to read.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<Readable<FilterSearch>> FindFiltersAsync(string region, string destinationArn, int maxGroups, CancellationToken cancellationToken);

    /// <summary>The newest events of a log group, or of one log stream in it; missing when there is no such group.</summary>
    /// <param name="region">The Region to call.</param>
    /// <param name="logGroupName">The group.</param>
    /// <param name="logStreamName">The stream; the ones written last when <see langword="null"/>.</param>
    /// <param name="maxEvents">The maximum number of events.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<Readable<IReadOnlyList<LogGroupEvent>>> GetNewestEventsAsync(string region, string logGroupName, string? logStreamName, int maxEvents, CancellationToken cancellationToken);
}

/// <summary>The filters that were found, and whether all groups were read.</summary>
/// <param name="Filters">The filters.</param>
/// <param name="Groups">The number of groups that were read.</param>
/// <param name="IsComplete">Whether there were no more groups.</param>
internal sealed record FilterSearch(IReadOnlyList<SubscriptionFilter> Filters, int Groups, bool IsComplete);

/// <summary>Reads S3 objects.</summary>
internal interface IObjectGateway
{
    /// <summary>Lists objects below a prefix in the order of their keys; missing when the bucket does not exist.</summary>
    /// <param name="bucketName">The bucket.</param>
    /// <param name="prefix">The prefix of the keys.</param>
    /// <param name="startAfter">The key to begin behind; the first one when <see langword="null"/>.</param>
    /// <param name="maxObjects">The maximum number of objects.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<Readable<IReadOnlyList<BucketObject>>> ListAsync(string bucketName, string prefix, string? startAfter, int maxObjects, CancellationToken cancellationToken);

    /// <summary>Reads the beginning of an object; missing when the object does not exist.</summary>
    /// <param name="bucketName">The bucket.</param>
    /// <param name="key">The object.</param>
    /// <param name="maxBytes">The maximum number of bytes.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<Readable<byte[]>> ReadAsync(string bucketName, string key, int maxBytes, CancellationToken cancellationToken);
}
