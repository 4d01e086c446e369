using LogDelivery.Sources.Catalog;

namespace LogDelivery.Logs.Destinations.Calls;

/// <summary>
/// Streams of Amazon Data Firehose: the bucket that a stream delivers to, the one that it keeps what it got in, and the ones that
/// streams to other services write to first or on failure. Source: Firehose API reference, CreateDeliveryStream, UpdateDestination,
/// DeleteDeliveryStream. No published event was found.
/// </summary>
internal static class StreamCalls
{
    private const string Service = "firehose";
    private static readonly string Source = Firehose.Source.Id;
    private static readonly string[] Endings = ["DestinationConfiguration", "DestinationUpdate"];
    private static readonly string[] Backups = ["s3BackupConfiguration", "s3BackupUpdate"];
    private static readonly string[] Buffers = ["s3Configuration", "s3Update"];

    public static IReadOnlyList<DestinationCall> All { get; } =
    [
        new(Service, "CreateDeliveryStream", call => Read(call, isPartial: false)),
        new(Service, "UpdateDestination", call => Read(call, isPartial: true)),
        new(Service, "DeleteDeliveryStream", call => [Of(call, DestinationChangeKind.Ends)]),
    ];

    private static IEnumerable<DestinationChange> Read(ManagementCall call, bool isPartial)
    {
        foreach (var (name, destination) in call.Request.All)
        {
            if (!destination.IsObject || Array.Find(Endings, e => name.EndsWith(e, StringComparison.OrdinalIgnoreCase)) is not { } ending)
            {
                continue;
            }

            var kind = name[..^ending.Length];
            var isBucket = kind.Equals("s3", StringComparison.OrdinalIgnoreCase) || kind.Equals("extendedS3", StringComparison.OrdinalIgnoreCase);
            var places = Buffers.Select(b => (LogType: (string?)kind, Place: destination[b]))
                .Concat(Backups.Select(b => (LogType: (string?)"backup", Place: destination[b])))
                .Prepend((LogType: null, Place: isBucket ? destination : default));
            foreach (var (logType, place) in places)
            {
                if (place["bucketARN"].Exists || (isPartial && place["prefix"].Exists))
                {
                    yield return Of(call, DestinationChangeKind.Points).To(place.Text("bucketARN"), place.Text("prefix")) with
                    {
                        LogType = logType,
                        KmsKeyId = place["encryptionConfiguration"].Find("aWSKMSKeyARN").AsText,
                        RoleArn = place.Text("roleARN"),
                        IsPartial = isPartial,
                    };
                }
            }
        }
    }

    private static DestinationChange Of(ManagementCall call, DestinationChangeKind kind)
    {
        var stream = call.Request.Text("deliveryStreamName");
        return new(kind, Source) { Resource = stream, Identity = call.Identity("stream", stream) };
    }
}
