using LogDelivery.Sources.Catalog;

namespace LogDelivery.Logs.Destinations.Calls;

/// <summary>
/// Invocation logs of Amazon Bedrock, one configuration in an account and Region. Source: Bedrock API reference,
/// PutModelInvocationLoggingConfiguration, DeleteModelInvocationLoggingConfiguration. No published event was found.
/// </summary>
internal static class ModelCalls
{
    private const string Service = "bedrock";
    private static readonly string Source = BedrockInvocation.Source.Id;

    public static IReadOnlyList<DestinationCall> All { get; } =
    [
        new(Service, "PutModelInvocationLoggingConfiguration", Set),
        new(Service, "DeleteModelInvocationLoggingConfiguration", call => [Of(call, DestinationChangeKind.Ends)]),
    ];

    // The whole configuration: the logs themselves, and what is too large for CloudWatch Logs.
    private static IEnumerable<DestinationChange> Set(ManagementCall call)
    {
        var configuration = call.Request.Find("loggingConfig");
        if (!configuration.IsObject)
        {
            yield break;
        }

        foreach (var (logType, place) in new[] { ((string?)null, configuration["s3Config"]), ("large data", configuration["cloudWatchConfig"]["largeDataDeliveryS3Config"]) })
        {
            if (place.IsObject)
            {
                yield return Of(call, DestinationChangeKind.Points).To(place.Text("bucketName"), place.Text("keyPrefix")) with { LogType = logType };
            }
            else if (logType is not null)
            {
                yield return Of(call, DestinationChangeKind.Ends) with { LogType = logType };
            }
            else
            {
                // An end of all, before what else the call sets.
                yield return Of(call, DestinationChangeKind.Ends);
            }
        }
    }

    private static DestinationChange Of(ManagementCall call, DestinationChangeKind kind) => new(kind, Source) { Identity = call.Identity("invocations", null) };
}
