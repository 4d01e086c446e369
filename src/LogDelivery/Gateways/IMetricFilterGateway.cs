namespace LogDelivery.Gateways;

/// <summary>Reads log groups and reads and writes their metric filters.</summary>
internal interface IMetricFilterGateway
{
    /// <summary>A log group.</summary>
    /// <param name="logGroupName">Its name.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<Readable<WatchedLogGroup>> FindLogGroupAsync(string logGroupName, CancellationToken cancellationToken);

    /// <summary>The metric filters of one log group, or of all.</summary>
    /// <param name="logGroupName">The log group; <see langword="null"/> for all.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<IReadOnlyList<MetricFilter>> ListAsync(string? logGroupName, CancellationToken cancellationToken);

    /// <summary>Creates a filter, or replaces the one of its name. What is in the log group already is not looked at.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task PutAsync(MetricFilter filter, CancellationToken cancellationToken);

    /// <summary>Deletes a filter. Its metric fades away by itself.</summary>
    /// <param name="logGroupName">The log group.</param>
    /// <param name="filterName">The filter.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task DeleteAsync(string logGroupName, string filterName, CancellationToken cancellationToken);

    /// <summary>Tests a pattern with the TestMetricFilter operation. Nothing is written.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="messages">At most fifty events.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Whether each message matches, in their order.</returns>
    /// <exception cref="AwsCallException">The pattern is refused, or the service does not answer.</exception>
    Task<IReadOnlyList<bool>> TestAsync(string pattern, IReadOnlyList<string> messages, CancellationToken cancellationToken);
}

/// <summary>A log group whose events may be watched.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Arn">Its ARN without <c>:*</c>.</param>
/// <param name="LogClass">Its class: <c>STANDARD</c>, <c>INFREQUENT_ACCESS</c> or <c>DELIVERY</c>; <see langword="null"/> where AWS does not say.</param>
internal sealed record WatchedLogGroup(string Name, string Arn, string? LogClass)
{
    /// <summary>Whether metric filters work here. Source: CloudWatch Logs user guide, CloudWatch_Logs_Log_Classes.</summary>
    public bool TakesMetricFilters => LogClass is null or "STANDARD";
}

/// <summary>A metric filter of a log group.</summary>
internal sealed record MetricFilter
{
    /// <summary>The most that a log group can have. Source: CloudWatch Logs API reference, PutMetricFilter.</summary>
    public const int MaxPerLogGroup = 100;

    /// <summary>The log group.</summary>
    public required string LogGroupName { get; init; }

    /// <summary>The filter's name, unique in its log group.</summary>
    public required string Name { get; init; }

    /// <summary>The filter pattern.</summary>
    public required string Pattern { get; init; }

    /// <summary>The namespace of the metric.</summary>
    public required string MetricNamespace { get; init; }

    /// <summary>The metric.</summary>
    public required string MetricName { get; init; }

    /// <summary>The value that a match adds to the metric: a number, or a field of the event.</summary>
    public string MetricValue { get; init; } = "1";

    /// <summary>The value published when events arrived and none matched; <see langword="null"/> to publish none.</summary>
    public double? DefaultValue { get; init; }
}
