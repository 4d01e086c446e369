using LogDelivery.Gateways;
using LogDelivery.Sources;

namespace LogDelivery.Alarms;

/// <summary>Looks whether the data events are recorded that an alarm lives on, and plans to add them when that is asked for.</summary>
internal sealed class DataEventPlanning(AlarmRequest request, IAlarmGateways gateways, string accountId, PlanDraft draft)
{
    private readonly string partition = Regions.PartitionOf(gateways.Region);

    /// <summary>The tag that tells to which trail data events are added; <see langword="null"/> when to none.</summary>
    public KeyValuePair<string, string>? Tag { get; private set; }

    /// <summary>Plans it.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The step, if there is one; it comes after the alarm, whose tags tell of it.</returns>
    public async Task<AlarmStep?> PlanAsync(CancellationToken cancellationToken)
    {
        var feed = await LogGroupFeed.ReadAsync(gateways, request.LogGroupName, cancellationToken).ConfigureAwait(false);
        if (feed.Unreadable is { } reason)
        {
            draft.Notes.Add($"Which trail writes into the log group could not be told: {reason}");
        }

        // The presets that live on data events alone are worth nothing without a trail; of the others nobody can tell.
        var calls = request.Preset?.Calls ?? WatchedCalls.None;
        if (calls == WatchedCalls.None)
        {
            return null;
        }

        var bucket = request.Values.BucketName;
        if (!request.AddDataEvents || bucket is null || feed.Records(calls, bucket, partition, accountId))
        {
            draft.Findings.AddRange(feed.Inspect(calls, bucket, partition, accountId));
            return null;
        }

        return Add(feed, calls, bucket);
    }

    private AlarmStep? Add(LogGroupFeed feed, WatchedCalls calls, string bucket)
    {
        if (feed.Trails.FirstOrDefault(t => t.Selection.Value is not null) is not { } trail)
        {
            draft.Obstruct("NoTrail", $"There is no trail that writes into the log group {request.LogGroupName} and whose selectors can be read.", "Give the trail this log group (cloudtrail:UpdateTrail), or set all of it up by Export-LogDeliveryTemplate.");
            return null;
        }

        if (trail.Trail.BucketName == bucket)
        {
            draft.Obstruct("LogLoop", $"The trail {trail.Trail.Name} delivers into {bucket} itself; were it to record its own deliveries, each would cause another.", "Let a second trail, which delivers elsewhere, record the data events of this bucket; Export-LogDeliveryTemplate makes one.");
            return null;
        }

        if (DataEventAddition.AddTo(trail.Selection.Value!, calls, $"arn:{partition}:s3:::{bucket}") is not { } selection)
        {
            draft.Obstruct("TooManySelectors", $"The trail {trail.Trail.Name} has {EventSelection.MaxBasicSelectors} event selectors, which is all that it can have.", "Take one out, or move the trail to advanced event selectors.");
            return null;
        }

        draft.Findings.AddRange(feed.Inspect(WatchedCalls.None, bucket, partition, accountId));
        Tag = new(AlarmTags.DataEventsOf(calls), trail.Trail.TrailArn);
        return new(AlarmPart.DataEvents, AlarmAction.Update, trail.Trail.Name, $"record {Words(calls)} of {bucket}; {new DataEventCost(request.RequestsPerMonth)}")
        {
            Work = (aws, cancel) => aws.DataEvents.PutAsync(trail.Trail.TrailArn, selection, cancel),
        };
    }

    private static string Words(WatchedCalls calls) => calls switch
    {
        WatchedCalls.Writes => "writes",
        WatchedCalls.Reads => "reads",
        _ => "reads and writes",
    };
}
