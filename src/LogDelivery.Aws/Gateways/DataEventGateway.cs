using LogDelivery.Aws.Clients;
using LogDelivery.Aws.Services;
using LogDelivery.Gateways;

namespace LogDelivery.Aws.Gateways;

/// <summary>The selectors of trails, by CloudTrail. A trail can be changed in its home Region only.</summary>
internal sealed class DataEventGateway(ClientPool clients) : IDataEventGateway
{
    public Task<Readable<EventSelection>> GetAsync(string trailArn, CancellationToken cancellationToken)
        => Readable.AskAsync<EventSelection>(async () =>
        {
            var output = await clients.CallAsync(CloudTrailOperations.GetEventSelectors, RegionOf(trailArn), new(trailArn), cancellationToken).ConfigureAwait(false);
            return new([.. (output.EventSelectors ?? []).Select(Convert)], [.. (output.AdvancedEventSelectors ?? []).Select(Convert)]);
        });

    public Task PutAsync(string trailArn, EventSelection selection, CancellationToken cancellationToken)
        => clients.CallAsync(
            CloudTrailOperations.PutEventSelectors,
            RegionOf(trailArn),
            new(
                trailArn,
                selection.Basic.Count == 0 ? null : [.. selection.Basic.Select(Convert)],
                selection.Advanced.Count == 0 ? null : [.. selection.Advanced.Select(Convert)]),
            cancellationToken);

    private static string RegionOf(string trailArn) => GatewayArn.Parse(trailArn, "trail").Region;

    private static BasicEventSelector Convert(TrailEventSelector selector) => new()
    {
        ReadWriteType = selector.ReadWriteType ?? "All",
        IncludeManagementEvents = selector.IncludeManagementEvents ?? true,
        ExcludeManagementEventSources = selector.ExcludeManagementEventSources ?? [],
        DataResources = [.. (selector.DataResources ?? []).Select(r => new EventDataResource(r.Type ?? string.Empty, r.Values ?? []))],
    };

    private static TrailEventSelector Convert(BasicEventSelector selector) => new(
        selector.ReadWriteType,
        selector.IncludeManagementEvents,
        [.. selector.DataResources.Select(r => new DataResource(r.Type, r.Values))],
        selector.ExcludeManagementEventSources);

    private static AdvancedEventSelector Convert(TrailAdvancedEventSelector selector)
        => new(selector.Name, [.. (selector.FieldSelectors ?? []).Select(Convert)]);

    private static TrailAdvancedEventSelector Convert(AdvancedEventSelector selector)
        => new(selector.Name, [.. selector.Fields.Select(Convert)]);

    private static EventFieldSelector Convert(AdvancedFieldSelector field) => new()
    {
        Field = field.Field ?? string.Empty,
        EqualTo = field.EqualTo ?? [],
        StartsWith = field.StartsWith ?? [],
        EndsWith = field.EndsWith ?? [],
        NotEquals = field.NotEquals ?? [],
        NotStartsWith = field.NotStartsWith ?? [],
        NotEndsWith = field.NotEndsWith ?? [],
    };

    // CloudTrail refuses operators without values.
    private static AdvancedFieldSelector Convert(EventFieldSelector field) => new()
    {
        Field = field.Field,
        EqualTo = OrNull(field.EqualTo),
        StartsWith = OrNull(field.StartsWith),
        EndsWith = OrNull(field.EndsWith),
        NotEquals = OrNull(field.NotEquals),
        NotStartsWith = OrNull(field.NotStartsWith),
        NotEndsWith = OrNull(field.NotEndsWith),
    };

    private static IReadOnlyList<string>? OrNull(IReadOnlyList<string> values) => values.Count == 0 ? null : values;
}
