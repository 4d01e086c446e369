using LogDelivery.Aws.Clients;
using LogDelivery.Aws.Services;
using LogDelivery.Gateways;

namespace LogDelivery.Aws.Gateways;

/// <summary>Log groups and their metric filters, by CloudWatch Logs.</summary>
internal sealed class MetricFilterGateway(ClientPool clients, string region) : IMetricFilterGateway
{
    public Task<Readable<WatchedLogGroup>> FindLogGroupAsync(string logGroupName, CancellationToken cancellationToken)
        => Readable.AskAsync(async () =>
            await LogGroupGateway.FindAsync(clients, region, logGroupName, cancellationToken).ConfigureAwait(false) is { } found
                ? new WatchedLogGroup(logGroupName, LogGroupGateway.TrimArn(found.Arn ?? string.Empty), found.LogGroupClass)
                : null);

    public async Task<IReadOnlyList<MetricFilter>> ListAsync(string? logGroupName, CancellationToken cancellationToken)
    {
        var filters = new List<MetricFilter>();
        var pages = Pages.ReadAsync(
            next => clients.CallAsync(LogsOperations.DescribeMetricFilters, region, new(logGroupName, next), cancellationToken), p => p.NextToken);
        await foreach (var page in pages.ConfigureAwait(false))
        {
            filters.AddRange((page.MetricFilters ?? []).Select(Convert));
        }

        return filters;
    }

    public Task PutAsync(MetricFilter filter, CancellationToken cancellationToken)
        => clients.CallAsync(
            LogsOperations.PutMetricFilter,
            region,
            new(filter.LogGroupName, filter.Name, filter.Pattern, [new(filter.MetricName, filter.MetricNamespace, filter.MetricValue, filter.DefaultValue)]),
            cancellationToken);

    public Task DeleteAsync(string logGroupName, string filterName, CancellationToken cancellationToken)
        => clients.CallAsync(LogsOperations.DeleteMetricFilter, region, new(logGroupName, filterName), cancellationToken);

    public async Task<IReadOnlyList<bool>> TestAsync(string pattern, IReadOnlyList<string> messages, CancellationToken cancellationToken)
    {
        var output = await clients.CallAsync(LogsOperations.TestMetricFilter, region, new(pattern, messages), cancellationToken).ConfigureAwait(false);

        // The events are numbered from 1.
        var matched = (output.Matches ?? []).Select(m => m.EventNumber).ToHashSet();
        return [.. messages.Select((_, i) => matched.Contains(i + 1))];
    }

    // AWS lets a filter have exactly one transformation.
    private static MetricFilter Convert(MetricFilterEntry entry)
    {
        var metric = entry.MetricTransformations is [var first, ..] ? first : null;
        return new()
        {
            LogGroupName = entry.LogGroupName ?? string.Empty,
            Name = entry.FilterName ?? string.Empty,
            Pattern = entry.FilterPattern ?? string.Empty,
            MetricNamespace = metric?.MetricNamespace ?? string.Empty,
            MetricName = metric?.MetricName ?? string.Empty,
            MetricValue = metric?.MetricValue ?? "1",
            DefaultValue = metric?.DefaultValue,
        };
    }
}
