using LogDelivery.Gateways;
using LogDelivery.Patterns;
using LogDelivery.Sources;

namespace LogDelivery.Alarms;

/// <summary>
/// Finds out what is there and what has to be done for an alarm. Nothing is written: the pattern is parsed and tried on
/// sample failures here, and once more by CloudWatch Logs itself.
/// </summary>
internal static class AlarmPlanner
{
    /// <summary>Plans an alarm.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="gateways">AWS.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="InvalidAlarmException">What is asked for cannot be.</exception>
    /// <exception cref="FilterPatternException">CloudWatch Logs does not take the pattern.</exception>
    /// <exception cref="AwsCallException">AWS does not answer, or not to this caller.</exception>
    public static async Task<AlarmPlan> PlanAsync(AlarmRequest request, IAlarmGateways gateways, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(gateways);
        var pattern = request.Check();
        var identity = await gateways.Account.GetIdentityAsync(cancellationToken).ConfigureAwait(false);
        return await new Planning(request, gateways, pattern, identity.AccountId).RunAsync(cancellationToken).ConfigureAwait(false);
    }

    private sealed class Planning(AlarmRequest request, IAlarmGateways gateways, FilterPattern pattern, string accountId)
    {
        private readonly PlanDraft draft = new();
        private readonly string alarmArn = $"arn:{Regions.PartitionOf(gateways.Region)}:cloudwatch:{gateways.Region}:{accountId}:alarm:{request.AlarmName}";
        private readonly Dictionary<string, string> tags = AlarmTags.Of(request);
        private IReadOnlyDictionary<string, string>? presentTags;

        public async Task<AlarmPlan> RunAsync(CancellationToken cancellationToken)
        {
            var topic = new TopicPlanning(request, gateways, draft);
            var dataEvents = new DataEventPlanning(request, gateways, accountId, draft);
            var trials = await PatternSampleCheck.RunAsync(request, pattern, gateways.MetricFilters, draft, cancellationToken).ConfigureAwait(false);
            var present = await FindAlarmAsync(cancellationToken).ConfigureAwait(false);
            await topic.PlanTopicAsync(alarmArn, accountId, cancellationToken).ConfigureAwait(false);
            if (await IsLogGroupFitAsync(cancellationToken).ConfigureAwait(false))
            {
                await PlanFilterAsync(cancellationToken).ConfigureAwait(false);
            }

            var recording = await dataEvents.PlanAsync(cancellationToken).ConfigureAwait(false);
            AddTags(topic, dataEvents);
            PlanAlarm(present, topic.TopicArn);
            draft.Steps.AddRange(recording is null ? [] : [recording]);
            topic.PlanSubscriptions();
            draft.Notes.Add("A metric filter counts what arrives after it was made; a trail's events take 5 to 15 minutes to arrive.");
            draft.Notes.AddRange(request.Preset is { } preset ? [preset.Caveat] : []);
            return new()
            {
                AlarmName = request.AlarmName,
                Preset = request.Preset?.Id,
                LogGroupName = request.LogGroupName,
                BucketName = request.Values.BucketName,
                FilterPattern = pattern.Text,
                Region = gateways.Region,
                TopicArn = topic.TopicArn,
                Trials = trials,
                Steps = draft.Steps,
                Obstacles = draft.Obstacles,
                Findings = draft.Findings,
                Notes = draft.Notes,
                Cost = request.Preset is { Calls: not WatchedCalls.None } ? new DataEventCost(request.RequestsPerMonth) : null,
            };
        }

        private static AlarmAction ActionFor(object? present, IReadOnlyList<string> differences)
            => present is null ? AlarmAction.Create : differences.Count > 0 ? AlarmAction.Update : AlarmAction.None;

        private static string Detail(AlarmAction action, string whenNew, IReadOnlyList<string> differences) => action switch
        {
            AlarmAction.Create => whenNew,
            AlarmAction.Update => string.Join("; ", differences),
            _ => "it exists",
        };

        private async Task<MetricAlarm?> FindAlarmAsync(CancellationToken cancellationToken)
        {
            if (await gateways.MetricAlarms.FindAsync(request.AlarmName, cancellationToken).ConfigureAwait(false) is not { } present)
            {
                return null;
            }

            var found = await gateways.MetricAlarms.GetTagsAsync(present.Arn, cancellationToken).ConfigureAwait(false);
            if (found.Error is { } error)
            {
                throw error;
            }

            if (found.Value?.GetValueOrDefault(AlarmTags.Alarm) == request.AlarmName)
            {
                presentTags = found.Value;
            }
            else
            {
                draft.Obstruct("AlarmNotOurs", $"There is an alarm {request.AlarmName} that LogDelivery did not make.", "Give the new alarm another name.");
            }

            return present;
        }

        private async Task<bool> IsLogGroupFitAsync(CancellationToken cancellationToken)
        {
            var group = await gateways.MetricFilters.FindLogGroupAsync(request.LogGroupName, cancellationToken).ConfigureAwait(false);
            if (group.Error is { } error)
            {
                throw error;
            }

            if (group.Value is null)
            {
                draft.Obstruct("LogGroupNotFound", $"There is no log group {request.LogGroupName} in {gateways.Region}.", "Give the log group that the trail writes into; Export-LogDeliveryTemplate sets up trail and log group together.");
                return false;
            }

            if (!group.Value.TakesMetricFilters)
            {
                draft.Obstruct("LogGroupClass", $"The log group {request.LogGroupName} is of the class {group.Value.LogClass}, on which metric filters do not work.", "Let the trail write into a log group of the class STANDARD; the class of one that exists cannot be changed.");
                return false;
            }

            return true;
        }

        private async Task PlanFilterAsync(CancellationToken cancellationToken)
        {
            var filters = await gateways.MetricFilters.ListAsync(request.LogGroupName, cancellationToken).ConfigureAwait(false);
            var present = filters.FirstOrDefault(f => f.Name == request.AlarmName);
            if (present is not null && present.MetricNamespace != AlarmTags.Namespace)
            {
                draft.Obstruct("FilterNotOurs", $"The log group {request.LogGroupName} has a metric filter {present.Name} that LogDelivery did not make.", "Give the alarm another name.");
                return;
            }

            if (present is null && filters.Count >= MetricFilter.MaxPerLogGroup)
            {
                draft.Obstruct("TooManyFilters", $"The log group {request.LogGroupName} has {filters.Count} metric filters, and AWS allows {MetricFilter.MaxPerLogGroup}.", "Delete one that is not needed any more.");
                return;
            }

            var wanted = new MetricFilter
            {
                LogGroupName = request.LogGroupName,
                Name = request.AlarmName,
                Pattern = pattern.Text,
                MetricNamespace = AlarmTags.Namespace,
                MetricName = request.AlarmName,
            };
            var differences = present is null ? [] : AlarmDifferences.Of(present, wanted);
            var action = ActionFor(present, differences);
            var counting = pattern.Text.Length == 0 ? "every event" : pattern.Text;
            draft.Steps.Add(new(AlarmPart.MetricFilter, action, wanted.Name, Detail(action, $"on log group {request.LogGroupName}, counting {counting} into {wanted.MetricNamespace}/{wanted.MetricName}", differences))
            {
                Work = (aws, cancel) => aws.MetricFilters.PutAsync(wanted, cancel),
            });
        }

        private void AddTags(TopicPlanning topic, DataEventPlanning dataEvents)
        {
            // In the order in which they came, so that a second run finds the same text.
            var fingerprints = (presentTags is null ? [] : AlarmTags.FingerprintsOf(presentTags)).Union(topic.Fingerprints).ToArray();
            if (fingerprints.Length > 0)
            {
                tags[AlarmTags.Subscriptions] = string.Join(' ', fingerprints);
            }

            if (dataEvents.Tag is { } tag)
            {
                tags[tag.Key] = tag.Value;
            }
        }

        private void PlanAlarm(MetricAlarm? present, string? topicArn)
        {
            var wanted = new MetricAlarm
            {
                Name = request.AlarmName,
                Arn = alarmArn,
                Description = request.Preset?.Summary ?? $"An event in {request.LogGroupName} matched the pattern of the metric filter {request.AlarmName}.",
                MetricNamespace = AlarmTags.Namespace,
                MetricName = request.AlarmName,
                Statistic = "Sum",
                Period = (int)request.Period.TotalSeconds,
                EvaluationPeriods = 1,
                Threshold = request.Threshold,
                ComparisonOperator = "GreaterThanOrEqualToThreshold",
                TreatMissingData = "notBreaching",

                // What somebody else added to the alarm stays.
                ActionsEnabled = present?.ActionsEnabled ?? true,
                AlarmActions = [.. (present?.AlarmActions ?? []).Union(topicArn is null ? [] : [topicArn])],
                OkActions = present?.OkActions ?? [],
                InsufficientDataActions = present?.InsufficientDataActions ?? [],
            };
            var told = wanted.AlarmActions.Count == 0 ? "tells nobody" : $"tells {string.Join(", ", wanted.AlarmActions)}";
            var differences = present is null ? [] : AlarmDifferences.Of(present, wanted);
            var action = ActionFor(present, differences);
            draft.Steps.Add(new(AlarmPart.Alarm, action, wanted.Name, Detail(action, $"at {wanted.Threshold} or more events (Sum) in {wanted.Period} seconds; missing data is not breaching; {told}", differences))
            {
                Work = (aws, cancel) => aws.MetricAlarms.PutAsync(wanted, tags, cancel),
            });
            PlanTags();
            if (wanted.AlarmActions.Count == 0)
            {
                draft.Findings.Add(AlarmFindings.NobodyListens("The alarm has no action: its state changes, but nobody is told."));
            }
            else if (!wanted.ActionsEnabled)
            {
                draft.Findings.Add(AlarmFindings.NobodyListens("The actions of the alarm are switched off."));
            }
        }

        // A new alarm gets its tags as it is made.
        private void PlanTags()
        {
            var missing = tags.Where(t => presentTags is not null && presentTags.GetValueOrDefault(t.Key) != t.Value).ToDictionary();
            if (missing.Count > 0)
            {
                draft.Steps.Add(new(AlarmPart.Tags, AlarmAction.Update, request.AlarmName, string.Join(", ", missing.Keys))
                {
                    Work = (aws, cancel) => aws.MetricAlarms.TagAsync(alarmArn, missing, cancel),
                });
            }
        }
    }
}
