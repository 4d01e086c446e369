using LogDelivery.Gateways;
using LogDelivery.Policies;

namespace LogDelivery.Alarms;

/// <summary>What has to be removed with an alarm, before any of it is.</summary>
/// <param name="AlarmName">The alarm.</param>
/// <param name="Steps">What is removed and what is kept, in the order of doing; the alarm, whose tags tell the rest, comes last.</param>
/// <param name="Obstacles">Why nothing can be removed; empty when it can.</param>
internal sealed record AlarmRemovalPlan(string AlarmName, IReadOnlyList<AlarmStep> Steps, IReadOnlyList<AlarmObstacle> Obstacles)
{
    /// <summary>The steps as lines.</summary>
    public override string ToString() => string.Join(Environment.NewLine, Steps);
}

/// <summary>Removes exactly what was made with an alarm, and nothing that others made or use.</summary>
internal static class AlarmRemoval
{
    /// <summary>Plans the removal of an alarm.</summary>
    /// <param name="alarmName">The alarm.</param>
    /// <param name="gateways">AWS.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="AwsCallException">AWS does not answer, or not to this caller.</exception>
    public static async Task<AlarmRemovalPlan> PlanAsync(string alarmName, IAlarmGateways gateways, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(alarmName);
        ArgumentNullException.ThrowIfNull(gateways);
        return await new RemovalPlanning(alarmName, gateways).RunAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Removes what a plan says. When a step fails the alarm stays, so that the same can be asked for again.</summary>
    /// <param name="plan">The plan, without obstacles.</param>
    /// <param name="gateways">AWS.</param>
    /// <param name="progress">Told of each step before it is tried.</param>
    /// <param name="cancellationToken">Stops after the step that is under way.</param>
    public static Task<AlarmOutcome> ApplyAsync(AlarmRemovalPlan plan, IAlarmGateways gateways, Action<AlarmStep>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(gateways);
        return plan.Obstacles.Count > 0
            ? throw new InvalidOperationException($"The plan has obstacles: {string.Join(' ', plan.Obstacles)}")
            : AlarmOutcome.RunAsync(plan.Steps, gateways, progress, cancellationToken);
    }

    private sealed class RemovalPlanning(string alarmName, IAlarmGateways gateways)
    {
        private readonly List<AlarmStep> steps = [];
        private IReadOnlyDictionary<string, string> tags = new Dictionary<string, string>();
        private MetricAlarm[] others = [];

        public async Task<AlarmRemovalPlan> RunAsync(CancellationToken cancellationToken)
        {
            var all = await gateways.MetricAlarms.ListAsync(null, cancellationToken).ConfigureAwait(false);
            var alarm = all.FirstOrDefault(a => a.Name == alarmName);
            others = [.. all.Where(a => a.Name != alarmName)];
            if (alarm is not null)
            {
                tags = Demand(await gateways.MetricAlarms.GetTagsAsync(alarm.Arn, cancellationToken).ConfigureAwait(false));
                if (tags.GetValueOrDefault(AlarmTags.Alarm) != alarmName)
                {
                    return Obstructed("AlarmNotOurs", $"LogDelivery did not make the alarm {alarmName}.", "Remove it as it was made.");
                }

                foreach (var topicArn in alarm.AlarmActions.Where(a => Arn.TryParse(a, out var arn) && arn.Service == "sns"))
                {
                    await PlanTopicAsync(topicArn, cancellationToken).ConfigureAwait(false);
                }

                steps.AddRange(await new DataEventRemoval(gateways, alarm, tags, others).PlanAsync(cancellationToken).ConfigureAwait(false));
            }

            // Of a set-up that failed half-way there may be a filter and no alarm.
            var filters = await gateways.MetricFilters.ListAsync(null, cancellationToken).ConfigureAwait(false);
            foreach (var filter in filters.Where(f => f.Name == alarmName && f.MetricNamespace == AlarmTags.Namespace && f.MetricName == alarmName))
            {
                steps.Add(new(AlarmPart.MetricFilter, AlarmAction.Delete, filter.Name, $"of log group {filter.LogGroupName}")
                {
                    Work = (aws, cancel) => aws.MetricFilters.DeleteAsync(filter.LogGroupName, filter.Name, cancel),
                });
            }

            if (alarm is not null)
            {
                steps.Add(new(AlarmPart.Alarm, AlarmAction.Delete, alarmName, "with its tags")
                {
                    Work = (aws, cancel) => aws.MetricAlarms.DeleteAsync(alarmName, cancel),
                });
            }

            return steps.Count == 0
                ? Obstructed("AlarmNotFound", $"There is no alarm {alarmName} in {gateways.Region}.", "Get-LogDeliveryAlarm lists those of a Region.")
                : new(alarmName, steps, []);
        }

        private static T Demand<T>(Readable<T> answer)
            where T : class => answer.Error is { } error ? throw error : answer.Value ?? throw new AwsCallException(AwsErrorKind.NotFound, "NotFound", "It is gone.");

        private AlarmRemovalPlan Obstructed(string code, string message, string remedy) => new(alarmName, [], [new(code, message, remedy)]);

        private async Task PlanTopicAsync(string topicArn, CancellationToken cancellationToken)
        {
            var topicTags = await gateways.AlarmTopics.GetTagsAsync(topicArn, cancellationToken).ConfigureAwait(false);
            if (topicTags.IsMissing)
            {
                return;
            }

            var listeners = await gateways.AlarmTopics.ListSubscriptionsAsync(topicArn, cancellationToken).ConfigureAwait(false);
            var ours = AlarmTags.FingerprintsOf(tags);
            var made = (listeners.Value ?? []).Where(s => ours.Contains(AlarmTags.Fingerprint(s.Endpoint))).ToArray();
            if (!Demand(topicTags).ContainsKey(AlarmTags.Alarm))
            {
                await PlanSubscriptionsAsync(topicArn, Demand(listeners), made, cancellationToken).ConfigureAwait(false);
                steps.Add(new(AlarmPart.Topic, AlarmAction.Keep, topicArn, "LogDelivery did not make it"));
                return;
            }

            var users = others.Where(a => a.AlarmActions.Concat(a.OkActions).Concat(a.InsufficientDataActions).Contains(topicArn)).Select(a => a.Name).ToArray();
            var strangers = Demand(listeners).Except(made).ToArray();
            if (users.Length == 0 && strangers.Length == 0)
            {
                steps.Add(new(AlarmPart.Topic, AlarmAction.Delete, topicArn, made.Length == 0 ? "nobody listens to it" : $"with the subscriptions of {string.Join(", ", made.Select(s => s.Endpoint))}")
                {
                    Work = (aws, cancel) => aws.AlarmTopics.DeleteAsync(topicArn, cancel),
                });
                return;
            }

            await PlanSubscriptionsAsync(topicArn, Demand(listeners), made, cancellationToken).ConfigureAwait(false);
            steps.Add(new(AlarmPart.Topic, AlarmAction.Keep, topicArn, users.Length > 0
                ? $"it is used by {string.Join(", ", users)}"
                : $"others have subscribed to it: {string.Join(", ", strangers.Select(s => s.Endpoint))}"));
        }

        private async Task PlanSubscriptionsAsync(string topicArn, IReadOnlyList<TopicSubscription> listeners, TopicSubscription[] made, CancellationToken cancellationToken)
        {
            var shared = await SharedAsync(topicArn, cancellationToken).ConfigureAwait(false);
            foreach (var subscription in listeners.Where(made.Contains))
            {
                if (shared.Contains(AlarmTags.Fingerprint(subscription.Endpoint)))
                {
                    steps.Add(new(AlarmPart.Subscription, AlarmAction.Keep, subscription.Endpoint, "another alarm was made with it, too"));
                }
                else if (subscription.Arn is { } arn)
                {
                    steps.Add(new(AlarmPart.Subscription, AlarmAction.Delete, subscription.Endpoint, $"of {topicArn}")
                    {
                        Work = (aws, cancel) => aws.AlarmTopics.UnsubscribeAsync(arn, cancel),
                    });
                }
                else
                {
                    steps.Add(new(AlarmPart.Subscription, AlarmAction.Keep, subscription.Endpoint, "nobody has confirmed it, and SNS lets it lapse by itself"));
                }
            }
        }

        // What other alarms of ours on the same topic were made with.
        private async Task<HashSet<string>> SharedAsync(string topicArn, CancellationToken cancellationToken)
        {
            var shared = new HashSet<string>(StringComparer.Ordinal);
            foreach (var other in others.Where(a => a.MetricNamespace == AlarmTags.Namespace && a.AlarmActions.Contains(topicArn)))
            {
                shared.UnionWith(AlarmTags.FingerprintsOf(await TagsOfAsync(other, cancellationToken).ConfigureAwait(false)));
            }

            return shared;
        }

        private async Task<IReadOnlyDictionary<string, string>> TagsOfAsync(MetricAlarm alarm, CancellationToken cancellationToken)
            => Demand(await gateways.MetricAlarms.GetTagsAsync(alarm.Arn, cancellationToken).ConfigureAwait(false));
    }
}
