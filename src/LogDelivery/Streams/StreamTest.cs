using LogDelivery.Streams.Links;

namespace LogDelivery.Streams;

/// <summary>
/// Judges the chain from a log group through Firehose into a bucket, link by link. Each link is judged by itself: one that is
/// broken makes no other one broken.
/// </summary>
internal static class StreamTest
{
    /// <summary>Judges a chain.</summary>
    /// <param name="picture">What was read of it.</param>
    /// <returns>One row per link, in the order of the flow.</returns>
    public static IReadOnlyList<StreamLinkRow> Run(StreamPicture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        var rows = picture.Subscriptions.SelectMany(s => SubscriptionLinks.Inspect(picture, s)).ToList();
        if (picture.SubscriptionNote is { } note)
        {
            var unknown = new LinkReport(StreamLink.SubscriptionFilter, picture.StreamArn);
            unknown.Doubt(note);
            rows.Add(unknown.ToRow(picture));
        }

        rows.Add(StreamLinks.InspectStream(picture));
        if (picture.Stream.Value is { Destination: { } destination } stream)
        {
            var delivery = new StreamDelivery(picture, destination);
            rows.AddRange(StreamLinks.InspectRole(picture, stream, destination, delivery));
            rows.AddRange(DestinationLinks.Inspect(picture, destination, delivery));
            rows.Add(FormatLinks.InspectFormat(picture, destination, delivery));
            rows.Add(FormatLinks.InspectErrorLog(picture, destination));
            rows.Add(ArrivalLink.Inspect(picture, destination, rows));
        }

        return [.. rows.Select((r, i) => r with { Step = i + 1, Observed = r.Observed ?? ArrivalLink.ErrorsFor(picture, r.LinkValue) })];
    }
}
