using LogDelivery.Gateways;
using LogDelivery.Policies;
using LogDelivery.Sources;

namespace LogDelivery.Alarms;

/// <summary>Plans the topic of an alarm and its subscriptions.</summary>
internal sealed class TopicPlanning(AlarmRequest request, IAlarmGateways gateways, PlanDraft draft)
{
    private IReadOnlyList<string> newAddresses = [];
    private IReadOnlyList<string> sharedFingerprints = [];

    /// <summary>The topic that is told; <see langword="null"/> for none.</summary>
    public string? TopicArn { get; private set; }

    /// <summary>The fingerprints of the subscriptions that are made with this alarm, or were with another one.</summary>
    public IEnumerable<string> Fingerprints => sharedFingerprints.Union(newAddresses.Select(AlarmTags.Fingerprint));

    /// <summary>Finds the topic, or plans to make it.</summary>
    /// <param name="alarmArn">The alarm that has to be let in.</param>
    /// <param name="accountId">The account.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task PlanTopicAsync(string alarmArn, string accountId, CancellationToken cancellationToken)
    {
        var wanted = request.Topic ?? (request.Emails.Count > 0 ? NameFor(request.AlarmName) : null);
        if (wanted is null)
        {
            return;
        }

        var isArn = Arn.TryParse(wanted, out var arn);
        TopicArn = isArn ? wanted : $"arn:{Regions.PartitionOf(gateways.Region)}:sns:{gateways.Region}:{accountId}:{wanted}";
        if (isArn && arn.Region != gateways.Region)
        {
            draft.Obstruct("TopicElsewhere", $"The topic {wanted} is in {arn.Region}, the alarm in {gateways.Region}.", "An alarm tells topics of its own Region only.");
            return;
        }

        var topic = await gateways.AlarmTopics.FindAsync(TopicArn, cancellationToken).ConfigureAwait(false);
        if (topic.IsUnreadable && !isArn)
        {
            throw topic.Error!;
        }

        if (topic.IsMissing)
        {
            PlanNewTopic(wanted, isArn);
            return;
        }

        draft.Steps.Add(new(AlarmPart.Topic, AlarmAction.None, TopicArn, "it exists"));
        if (topic.Value is { } present && TopicCheck.Inspect(present, alarmArn, accountId) is { } refusal)
        {
            draft.Findings.Add(refusal);
        }

        if (request.Emails.Count > 0)
        {
            await FindSubscriptionsAsync(TopicArn, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Plans the subscriptions; they come after the alarm, whose tags tell of them.</summary>
    public void PlanSubscriptions()
    {
        foreach (var address in request.Emails)
        {
            var isNew = newAddresses.Contains(address);
            draft.Steps.Add(new(AlarmPart.Subscription, isNew ? AlarmAction.Create : AlarmAction.None, address, isNew ? "SNS asks the address to confirm it" : "it exists")
            {
                Work = (aws, cancel) => aws.AlarmTopics.SubscribeEmailAsync(TopicArn!, address, cancel),
            });
        }
    }

    // Alarms may have characters in their names that topics may not.
    private static string NameFor(string alarmName) => new([.. alarmName.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '-')]);

    private void PlanNewTopic(string wanted, bool isArn)
    {
        if (isArn)
        {
            draft.Obstruct("TopicNotFound", $"There is no topic {wanted}.", "Give a topic that exists, or a name for a new one.");
            return;
        }

        draft.Steps.Add(new(AlarmPart.Topic, AlarmAction.Create, wanted, "a topic for the alarm's messages")
        {
            Work = (aws, cancel) => aws.AlarmTopics.CreateAsync(wanted, new Dictionary<string, string> { [AlarmTags.Alarm] = request.AlarmName }, cancel),
        });
        newAddresses = request.Emails;
    }

    private async Task FindSubscriptionsAsync(string topicArn, CancellationToken cancellationToken)
    {
        var subscriptions = await gateways.AlarmTopics.ListSubscriptionsAsync(topicArn, cancellationToken).ConfigureAwait(false);
        if (subscriptions.Error is { } error)
        {
            throw error;
        }

        newAddresses = [.. request.Emails.Where(e => !(subscriptions.Value ?? []).Any(s => s.Protocol == "email" && s.Endpoint.Equals(e, StringComparison.OrdinalIgnoreCase)))];
        string[] present = [.. request.Emails.Except(newAddresses).Select(AlarmTags.Fingerprint)];
        sharedFingerprints = present.Length == 0 ? [] : [.. present.Intersect(await MadeWithOthersAsync(topicArn, cancellationToken).ConfigureAwait(false))];
    }

    // A subscription that was made with another alarm is this one's as well, so that it goes with the last of them.
    private async Task<HashSet<string>> MadeWithOthersAsync(string topicArn, CancellationToken cancellationToken)
    {
        var made = new HashSet<string>(StringComparer.Ordinal);
        var alarms = await gateways.MetricAlarms.ListAsync(null, cancellationToken).ConfigureAwait(false);
        foreach (var alarm in alarms.Where(a => a.MetricNamespace == AlarmTags.Namespace && a.AlarmActions.Contains(topicArn)))
        {
            var tags = await gateways.MetricAlarms.GetTagsAsync(alarm.Arn, cancellationToken).ConfigureAwait(false);
            made.UnionWith(tags.Value is { } present ? AlarmTags.FingerprintsOf(present) : []);
        }

        return made;
    }
}
