using System.Text.Json.Nodes;
using LogDelivery.Sandbox.Deliveries;

namespace LogDelivery.Sandbox.Services.CloudTrail;

/// <summary>
/// GetTrailStatus, all seventeen members. The strings that are "no longer in use" are still filled by AWS, so they are here.
/// </summary>
internal sealed class TrailStatusOperation(TrailFinder finder)
{
    public JsonObject Handle(JsonCall call)
    {
        var trail = finder.Visible(call, call.Text("Name"));
        var leg = trail.LegOf(trail.IsOrganizationTrail ? call.Account : trail.Account, call.Region);
        return new JsonObject { ["IsLogging"] = trail.IsLogging }
            .With("LatestDeliveryError", leg.LogFiles.Failure?.Code)
            .With("LatestNotificationError", leg.NotificationError)
            .With("LatestDeliveryTime", WireValues.Time(leg.LogFiles.LastSuccess))
            .With("LatestNotificationTime", WireValues.Time(leg.LastNotification))
            .With("StartLoggingTime", WireValues.Time(trail.Started))
            .With("StopLoggingTime", WireValues.Time(trail.Stopped))
            .With("LatestCloudWatchLogsDeliveryError", leg.LogGroupError)
            .With("LatestCloudWatchLogsDeliveryTime", WireValues.Time(leg.LastLogGroupDelivery))
            .With("LatestDigestDeliveryTime", WireValues.Time(leg.Digests.LastSuccess))
            .With("LatestDigestDeliveryError", leg.Digests.Failure?.Code)
            .With("LatestDeliveryAttemptTime", Text(leg.LogFiles.LastAttempt))
            .With("LatestNotificationAttemptTime", Text(leg.LastNotificationAttempt))
            .With("LatestNotificationAttemptSucceeded", Text(leg.LastNotification))
            .With("LatestDeliveryAttemptSucceeded", Text(leg.LogFiles.LastSuccess))
            .With("TimeLoggingStarted", Text(trail.Started))
            .With("TimeLoggingStopped", Text(trail.Stopped));
    }

    private static string Text(DateTimeOffset? time) => time is { } t ? GeneratedNames.Iso(t) : string.Empty;
}
