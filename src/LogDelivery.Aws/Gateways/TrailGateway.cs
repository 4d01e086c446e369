using System.Text.Json;
using System.Text.Json.Nodes;
using LogDelivery.Aws.Clients;
using LogDelivery.Aws.Services;
using LogDelivery.Gateways;

namespace LogDelivery.Aws.Gateways;

/// <summary>Trails, by CloudTrail.</summary>
internal sealed class TrailGateway(ClientPool clients) : ITrailGateway
{
    public async Task<IReadOnlyList<TrailConfiguration>> ListAsync(string region, CancellationToken cancellationToken)
    {
        // With names, CloudTrail leaves out what is not at home in this Region; without, it gives everything at once.
        var output = await clients.CallAsync(CloudTrailOperations.DescribeTrails, region, new(IncludeShadowTrails: true), cancellationToken).ConfigureAwait(false);
        return [.. (output.TrailList ?? []).Where(t => t.TrailArn is not null).DistinctBy(t => t.TrailArn).Select(Convert)];
    }

    public async Task<TrailStatus> GetStatusAsync(string region, string trailArn, CancellationToken cancellationToken)
    {
        var output = await clients.CallAsync(CloudTrailOperations.GetTrailStatus, region, new(trailArn), cancellationToken).ConfigureAwait(false);
        return new()
        {
            // The one member that is always there; without it this is no status, and must not read as "stopped".
            IsLogging = output.IsLogging ?? throw AwsErrors.Unreadable(null, new("cloudtrail", "GetTrailStatus", region)),
            LatestDeliveryTime = output.LatestDeliveryTime,
            LatestDeliveryError = output.LatestDeliveryError,
            LatestDigestDeliveryTime = output.LatestDigestDeliveryTime,
            LatestDigestDeliveryError = output.LatestDigestDeliveryError,
            LatestNotificationTime = output.LatestNotificationTime,
            LatestNotificationError = output.LatestNotificationError,
            LatestCloudWatchLogsDeliveryTime = output.LatestCloudWatchLogsDeliveryTime,
            LatestCloudWatchLogsDeliveryError = output.LatestCloudWatchLogsDeliveryError,
            StartLoggingTime = output.StartLoggingTime,
            StopLoggingTime = output.StopLoggingTime,
        };
    }

    public async Task<IReadOnlyList<PolicyWriteEvent>> FindPolicyWritesAsync(string region, string bucketName, DateTime since, CancellationToken cancellationToken)
    {
        var events = new List<PolicyWriteEvent>();
        var pages = Pages.ReadAsync(
            next => clients.CallAsync(CloudTrailOperations.LookupEvents, region, new([new("ResourceName", bucketName)], since, next), cancellationToken), p => p.NextToken);
        await foreach (var output in pages.ConfigureAwait(false))
        {
            events.AddRange((output.Events ?? []).Where(e => e.EventName is "PutBucketPolicy" or "DeleteBucketPolicy").Select(Convert).OfType<PolicyWriteEvent>());
        }

        return events;
    }

    // A call that was refused is in the history as well.
    private static PolicyWriteEvent? Convert(LookedUpEvent item)
    {
        try
        {
            return JsonNode.Parse(item.CloudTrailEvent ?? "null") is JsonObject record && record["errorCode"] is null
                ? new((item.EventTime ?? default).ToUniversalTime(), (string?)record["userIdentity"]?["arn"] ?? "somebody unknown", record["requestParameters"]?["bucketPolicy"]?.ToJsonString(Relaxed))
                : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static TrailConfiguration Convert(Trail trail) => new()
    {
        TrailArn = trail.TrailArn!,
        Name = trail.Name ?? trail.TrailArn![(trail.TrailArn!.LastIndexOf('/') + 1)..],
        HomeRegion = trail.HomeRegion,
        BucketName = OrNull(trail.S3BucketName),
        KeyPrefix = OrNull(trail.S3KeyPrefix),
        KmsKeyId = OrNull(trail.KmsKeyId),
        SnsTopicArn = OrNull(trail.SnsTopicArn),
        LogGroupArn = OrNull(trail.CloudWatchLogsLogGroupArn),
        LogGroupRoleArn = OrNull(trail.CloudWatchLogsRoleArn),
        LogFileValidationEnabled = trail.LogFileValidationEnabled ?? false,
        IsMultiRegion = trail.IsMultiRegionTrail ?? false,
        IsOrganizationTrail = trail.IsOrganizationTrail ?? false,
    };

    private static string? OrNull(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
