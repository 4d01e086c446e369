using LogDelivery.Aws.Clients;
using LogDelivery.Aws.Services;
using LogDelivery.Gateways;

namespace LogDelivery.Aws.Gateways;

/// <summary>Subscriptions and the newest events of log groups, by CloudWatch Logs.</summary>
internal sealed class SubscriptionGateway(ClientPool clients) : ISubscriptionGateway
{
    // The events of a group are spread over its streams; those written last hold the newest.
    private const int MaxStreams = 3;

    public Task<Readable<IReadOnlyList<SubscriptionFilter>>> GetFiltersAsync(string region, string logGroupName, CancellationToken cancellationToken)
        => Readable.AskAsync<IReadOnlyList<SubscriptionFilter>>(async () => await FiltersAsync(region, logGroupName, cancellationToken).ConfigureAwait(false));

    public Task<Readable<FilterSearch>> FindFiltersAsync(string region, string destinationArn, int maxGroups, CancellationToken cancellationToken)
        => Readable.AskAsync<FilterSearch>(async () =>
        {
            var found = new List<SubscriptionFilter>();
            var groups = 0;
            var pages = Pages.ReadAsync(
                next => clients.CallAsync(LogsOperations.DescribeLogGroups, region, new(NextToken: next), cancellationToken), p => p.NextToken);
            await foreach (var page in pages.ConfigureAwait(false))
            {
                foreach (var group in page.LogGroups ?? [])
                {
                    if (groups++ >= maxGroups)
                    {
                        return new(found, maxGroups, false);
                    }

                    var filters = await FiltersAsync(region, group.LogGroupName ?? string.Empty, cancellationToken).ConfigureAwait(false);
                    found.AddRange(filters.Where(f => f.DestinationArn == destinationArn));
                }
            }

            return new(found, groups, true);
        });

    public Task<Readable<IReadOnlyList<LogGroupEvent>>> GetNewestEventsAsync(string region, string logGroupName, string? logStreamName, int maxEvents, CancellationToken cancellationToken)
        => Readable.AskAsync<IReadOnlyList<LogGroupEvent>>(async () =>
        {
            IReadOnlyList<string> streams = logStreamName is not null ? [logStreamName] : await NewestStreamsAsync(region, logGroupName, cancellationToken).ConfigureAwait(false);
            var events = new List<LogGroupEvent>();
            foreach (var stream in streams)
            {
                var page = await clients.CallAsync(LogsOperations.GetLogEvents, region, new(logGroupName, stream, false, maxEvents), cancellationToken).ConfigureAwait(false);
                events.AddRange((page.Events ?? []).Select(e => new LogGroupEvent(stream, At(e.Timestamp) ?? DateTime.UnixEpoch, e.Message ?? string.Empty)));
            }

            return [.. events.OrderBy(e => e.Timestamp).TakeLast(maxEvents)];
        });

    private async Task<IReadOnlyList<string>> NewestStreamsAsync(string region, string logGroupName, CancellationToken cancellationToken)
    {
        var page = await clients.CallAsync(LogsOperations.DescribeLogStreams, region, new(logGroupName, "LastEventTime", true, MaxStreams), cancellationToken).ConfigureAwait(false);
        return [.. (page.LogStreams ?? []).Select(s => s.LogStreamName).OfType<string>()];
    }

    private async Task<List<SubscriptionFilter>> FiltersAsync(string region, string logGroupName, CancellationToken cancellationToken)
    {
        var filters = new List<SubscriptionFilter>();
        var pages = Pages.ReadAsync(
            next => clients.CallAsync(LogsOperations.DescribeSubscriptionFilters, region, new(logGroupName, next), cancellationToken), p => p.NextToken);
        await foreach (var page in pages.ConfigureAwait(false))
        {
            filters.AddRange((page.SubscriptionFilters ?? []).Select(f => new SubscriptionFilter(
                f.LogGroupName ?? logGroupName, f.FilterName ?? string.Empty, f.FilterPattern ?? string.Empty, f.DestinationArn ?? string.Empty, f.RoleArn)
            {
                Created = At(f.CreationTime),
            }));
        }

        return filters;
    }

    private static DateTime? At(long? milliseconds) => milliseconds is { } value ? DateTimeOffset.FromUnixTimeMilliseconds(value).UtcDateTime : null;
}
