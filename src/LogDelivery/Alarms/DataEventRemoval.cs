using LogDelivery.Gateways;
using LogDelivery.Policies;
using LogDelivery.Sources;

namespace LogDelivery.Alarms;

/// <summary>
/// Plans to take out of a trail the data events that were added with an alarm. Where another alarm would see nothing any more,
/// they stay and go with that one from then on.
/// </summary>
internal sealed class DataEventRemoval(IAlarmGateways gateways, MetricAlarm alarm, IReadOnlyDictionary<string, string> tags, IReadOnlyList<MetricAlarm> others)
{
    private readonly List<AlarmStep> steps = [];

    // What the selectors of a trail will be once the steps so far are done: the next one takes out of these.
    private readonly Dictionary<string, EventSelection> planned = new(StringComparer.Ordinal);

    public async Task<IReadOnlyList<AlarmStep>> PlanAsync(CancellationToken cancellationToken)
    {
        if (tags.GetValueOrDefault(AlarmTags.Bucket) is not { } bucket)
        {
            return [];
        }

        var accountId = Arn.TryParse(alarm.Arn, out var arn) ? arn.AccountId : string.Empty;
        foreach (var calls in new[] { WatchedCalls.Writes, WatchedCalls.Reads, WatchedCalls.All })
        {
            if (tags.GetValueOrDefault(AlarmTags.DataEventsOf(calls)) is { } trailArn)
            {
                await PlanAsync(new AddedDataEvents(trailArn, bucket, calls, Regions.PartitionOf(gateways.Region), accountId), cancellationToken).ConfigureAwait(false);
            }
        }

        return steps;
    }

    private async Task PlanAsync(AddedDataEvents added, CancellationToken cancellationToken)
    {
        // With its trail the selectors are gone, too.
        if (await SelectionAsync(added.TrailArn, cancellationToken).ConfigureAwait(false) is not { } selection)
        {
            return;
        }

        if (DataEventAddition.RemoveFrom(selection, added.Calls, added.BucketArn) is not { } rest)
        {
            steps.Add(new(AlarmPart.DataEvents, AlarmAction.Keep, added.TrailArn, "what was added is not there any more, or was changed"));
        }
        else if (await FindHeirAsync(added, selection, rest, cancellationToken).ConfigureAwait(false) is { } heir)
        {
            PlanHeritage(added, heir.Alarm, heir.Tags);
        }
        else
        {
            planned[added.TrailArn] = rest;
            steps.Add(new(AlarmPart.DataEvents, AlarmAction.Update, added.TrailArn, $"record the data events of {added.BucketName} no more")
            {
                Work = (aws, cancel) => aws.DataEvents.PutAsync(added.TrailArn, rest, cancel),
            });
        }
    }

    private async Task<EventSelection?> SelectionAsync(string trailArn, CancellationToken cancellationToken)
    {
        if (planned.TryGetValue(trailArn, out var selection))
        {
            return selection;
        }

        var answer = await gateways.DataEvents.GetAsync(trailArn, cancellationToken).ConfigureAwait(false);
        return answer.Error is { } error ? throw error : answer.Value;
    }

    // Another alarm that would see nothing any more.
    private async Task<(MetricAlarm Alarm, IReadOnlyDictionary<string, string> Tags)?> FindHeirAsync(AddedDataEvents added, EventSelection selection, EventSelection rest, CancellationToken cancellationToken)
    {
        foreach (var other in others.Where(a => a.MetricNamespace == AlarmTags.Namespace))
        {
            var found = await gateways.MetricAlarms.GetTagsAsync(other.Arn, cancellationToken).ConfigureAwait(false);
            if (found.Error is { } error)
            {
                throw error;
            }

            var otherTags = found.Value ?? new Dictionary<string, string>();
            if (otherTags.GetValueOrDefault(AlarmTags.Bucket) == added.BucketName
                && otherTags.GetValueOrDefault(AlarmTags.LogGroup) == tags.GetValueOrDefault(AlarmTags.LogGroup)
                && otherTags.GetValueOrDefault(AlarmTags.Preset) is { } id
                && AlarmPresets.Find(id) is { } preset
                && LogGroupFeed.NeededCalls(preset.Calls, added.BucketName, added.Partition, added.AccountId).Any(c => selection.Records(c) && !rest.Records(c)))
            {
                return (other, otherTags);
            }
        }

        return null;
    }

    private void PlanHeritage(AddedDataEvents added, MetricAlarm heir, IReadOnlyDictionary<string, string> heirTags)
    {
        var tag = AlarmTags.DataEventsOf(added.Calls);
        if (heirTags.GetValueOrDefault(tag) != added.TrailArn)
        {
            steps.Add(new(AlarmPart.Tags, AlarmAction.Update, heir.Name, "the data events go with this alarm from now on")
            {
                Work = (aws, cancel) => aws.MetricAlarms.TagAsync(heir.Arn, new Dictionary<string, string> { [tag] = added.TrailArn }, cancel),
            });
        }

        steps.Add(new(AlarmPart.DataEvents, AlarmAction.Keep, added.TrailArn, $"the alarm {heir.Name} lives on those of {added.BucketName}, too; what they cost goes on"));
    }

    private sealed record AddedDataEvents(string TrailArn, string BucketName, WatchedCalls Calls, string Partition, string AccountId)
    {
        public string BucketArn => $"arn:{Partition}:s3:::{BucketName}";
    }
}
