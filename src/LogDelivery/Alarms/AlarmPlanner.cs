using LogDelivery.Diagnosis;
using LogDelivery.Health;
using LogDelivery.Patterns;
using LogDelivery.Policies;
using LogDelivery.Sources;

namespace LogDelivery.Alarms;

/// <summary>
/// Finds out what is there and what has to be done for an alarm. Nothing is written: the pattern is parsed and tried on
/// sample failures here, and once more by CloudWatch Logs itself.
/// </summary>
public static class AlarmPlanner
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
        private readonly List<AlarmStep> steps = [];
        private readonly List<AlarmObstacle> obstacles = [];
        private readonly List<Finding> findings = [];
        private readonly List<string> notes = [];
        private readonly string partition = Regions.PartitionOf(gateways.Region);
        private readonly Dictionary<string, string> tags = Tags(request);
        private IReadOnlyDictionary<string, string>? presentTags;
        private string? topicArn;
        private IReadOnlyList<string> newAddresses = [];
        private IReadOnlyList<string> sharedFingerprints = [];

        private string AlarmArn => $"arn:{partition}:cloudwatch:{gateways.Region}:{accountId}:alarm:{request.AlarmName}";

        public async Task<AlarmPlan> RunAsync(CancellationToken cancellationToken)
        {
            var trials = await TryPatternAsync(cancellationToken).ConfigureAwait(false);
            await CheckLogGroupAsync(cancellationToken).ConfigureAwait(false);
            var present = await FindAlarmAsync(cancellationToken).ConfigureAwait(false);
            await PlanTopicAsync(cancellationToken).ConfigureAwait(false);
            await PlanFilterAsync(cancellationToken).ConfigureAwait(false);
            var dataEvents = await PlanDataEventsAsync(cancellationToken).ConfigureAwait(false);
            PlanAlarm(present);
            steps.AddRange(dataEvents);
            PlanSubscriptions();
            notes.Add("A metric filter counts what arrives after it was made; a trail's events take 5 to 15 minutes to arrive.");
            if (request.Preset is { } preset)
            {
                notes.Add(preset.Caveat);
            }

            return new()
            {
                AlarmName = request.AlarmName,
                Preset = request.Preset?.Id,
                LogGroupName = request.LogGroupName,
                BucketName = request.Values.BucketName,
                FilterPattern = pattern.Text,
                Region = gateways.Region,
                TopicArn = topicArn,
                Trials = trials,
                Steps = steps,
                Obstacles = obstacles,
                Findings = findings,
                Notes = notes,
                Cost = request.Preset is { Calls: not WatchedCalls.None } ? new DataEventCost(request.RequestsPerMonth) : null,
            };
        }

        private static Dictionary<string, string> Tags(AlarmRequest request)
        {
            var tags = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                [AlarmTags.Alarm] = request.AlarmName,
                [AlarmTags.LogGroup] = AlarmTags.Shorten(request.LogGroupName),
            };
            if (request.Preset is { } preset)
            {
                tags[AlarmTags.Preset] = preset.Id;
            }

            if (request.Values.BucketName is { } bucket)
            {
                tags[AlarmTags.Bucket] = bucket;
            }

            return tags;
        }

        private void Obstruct(string code, string message, string remedy) => obstacles.Add(new(code, message, remedy));

        private async Task<IReadOnlyList<PatternTrial>> TryPatternAsync(CancellationToken cancellationToken)
        {
            SampleEvent[] samples = [.. request.Preset?.SamplesFor(request.Values) ?? [], .. request.Samples];
            if (samples.Length == 0)
            {
                // A pattern of the user's own may be about anything; what it makes of the known failures is worth knowing all the same.
                var known = KnownFailures.CaughtBy(pattern);
                notes.Add(known.Count == 0
                    ? "There are no sample events for this pattern; it catches none of the known delivery failures."
                    : $"There are no sample events for this pattern; of the known failures it catches: {string.Join(", ", known)}.");
                return [];
            }

            var trials = await AskAwsAsync(samples, PatternTrial.Run(pattern, samples), cancellationToken).ConfigureAwait(false);
            if (trials.Where(t => t.Expected && !(t.Matches && t.MatchesInAws != false)).Select(t => t.Sample).ToArray() is { Length: > 0 } missed)
            {
                Obstruct("PatternMissesSamples", $"The pattern does not catch: {string.Join(", ", missed)}.", "Nothing is written with such a pattern. Correct it, or take the preset's.");
            }

            if (trials.Where(t => !t.Expected && (t.Matches || t.MatchesInAws == true)).Select(t => t.Sample).ToArray() is { Length: > 0 } caught)
            {
                Obstruct("PatternCatchesOthers", $"The pattern also catches what is no failure: {string.Join(", ", caught)}.", "Nothing is written with such a pattern. Narrow it, or take the preset's.");
            }

            return trials;
        }

        private async Task<IReadOnlyList<PatternTrial>> AskAwsAsync(SampleEvent[] samples, IReadOnlyList<PatternTrial> trials, CancellationToken cancellationToken)
        {
            const int MaxMessages = 50;
            try
            {
                var answers = await gateways.MetricFilters.TestAsync(pattern.Text, [.. samples.Take(MaxMessages).Select(s => s.Message)], cancellationToken).ConfigureAwait(false);
                return [.. trials.Select((t, i) => i < answers.Count ? t with { MatchesInAws = answers[i] } : t)];
            }
            catch (AwsCallException exception) when (exception.Code == "InvalidParameterException")
            {
                Obstruct("PatternRefused", $"CloudWatch Logs does not take the pattern: {exception.Message}", "Correct the pattern.");
                return trials;
            }
            catch (AwsCallException exception) when (exception.Kind is AwsErrorKind.AccessDenied or AwsErrorKind.NotFound or AwsErrorKind.Other or AwsErrorKind.Unavailable or AwsErrorKind.Invalid)
            {
                notes.Add($"CloudWatch Logs was not asked about the pattern, only this module: {exception.Message}");
                return trials;
            }
        }

        private async Task CheckLogGroupAsync(CancellationToken cancellationToken)
        {
            var group = await gateways.MetricFilters.FindLogGroupAsync(request.LogGroupName, cancellationToken).ConfigureAwait(false);
            if (group.Error is { } error)
            {
                throw error;
            }

            if (group.Value is null)
            {
                Obstruct("LogGroupNotFound", $"There is no log group {request.LogGroupName} in {gateways.Region}.", "Give the log group that the trail writes into; Export-LogDeliveryTemplate sets up trail and log group together.");
            }
            else if (!group.Value.TakesMetricFilters)
            {
                Obstruct("LogGroupClass", $"The log group {request.LogGroupName} is of the class {group.Value.LogClass}, on which metric filters do not work.", "Let the trail write into a log group of the class STANDARD; the class of one that exists cannot be changed.");
            }
        }

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

            if (found.Value?.GetValueOrDefault(AlarmTags.Alarm) != request.AlarmName)
            {
                Obstruct("AlarmNotOurs", $"There is an alarm {request.AlarmName} that LogDelivery did not make.", "Give the new alarm another name.");
                return present;
            }

            presentTags = found.Value;
            return present;
        }

        private async Task PlanTopicAsync(CancellationToken cancellationToken)
        {
            var wanted = request.Topic ?? (request.Emails.Count > 0 ? TopicNameOf(request.AlarmName) : null);
            if (wanted is null)
            {
                return;
            }

            var isArn = Arn.TryParse(wanted, out var arn);
            topicArn = isArn ? wanted : $"arn:{partition}:sns:{gateways.Region}:{accountId}:{wanted}";
            if (isArn && arn.Region != gateways.Region)
            {
                Obstruct("TopicElsewhere", $"The topic {wanted} is in {arn.Region}, the alarm in {gateways.Region}.", "An alarm tells topics of its own Region only.");
                return;
            }

            var topic = await gateways.AlarmTopics.FindAsync(topicArn, cancellationToken).ConfigureAwait(false);
            if (topic.IsUnreadable && !isArn)
            {
                throw topic.Error!;
            }

            if (topic.IsMissing && isArn)
            {
                Obstruct("TopicNotFound", $"There is no topic {wanted}.", "Give a topic that exists, or a name for a new one.");
                return;
            }

            if (topic.IsMissing)
            {
                steps.Add(new(AlarmPart.Topic, AlarmAction.Create, wanted, "a topic for the alarm's messages")
                {
                    Work = (aws, cancel) => aws.AlarmTopics.CreateAsync(wanted, new Dictionary<string, string> { [AlarmTags.Alarm] = request.AlarmName }, cancel),
                });
                newAddresses = request.Emails;
                return;
            }

            steps.Add(new(AlarmPart.Topic, AlarmAction.None, topicArn, "it exists"));
            if (topic.Value is { } present && TopicCheck.Inspect(present, AlarmArn, accountId) is { } refusal)
            {
                findings.Add(refusal);
            }

            if (request.Emails.Count > 0)
            {
                var subscriptions = await gateways.AlarmTopics.ListSubscriptionsAsync(topicArn, cancellationToken).ConfigureAwait(false);
                if (subscriptions.Error is { } error)
                {
                    throw error;
                }

                newAddresses = [.. request.Emails.Where(e => !(subscriptions.Value ?? []).Any(s => s.Protocol == "email" && s.Endpoint.Equals(e, StringComparison.OrdinalIgnoreCase)))];
                sharedFingerprints = await SharedFingerprintsAsync(topicArn, [.. request.Emails.Except(newAddresses).Select(AlarmTags.Fingerprint)], cancellationToken).ConfigureAwait(false);
            }
        }

        // A subscription that was made with another alarm is this one's as well, so that it goes with the last of them.
        private async Task<IReadOnlyList<string>> SharedFingerprintsAsync(string topic, string[] fingerprints, CancellationToken cancellationToken)
        {
            if (fingerprints.Length == 0)
            {
                return [];
            }

            var made = new HashSet<string>(StringComparer.Ordinal);
            var alarms = await gateways.MetricAlarms.ListAsync(null, cancellationToken).ConfigureAwait(false);
            foreach (var alarm in alarms.Where(a => a.MetricNamespace == AlarmTags.Namespace && a.AlarmActions.Contains(topic)))
            {
                var found = await gateways.MetricAlarms.GetTagsAsync(alarm.Arn, cancellationToken).ConfigureAwait(false);
                made.UnionWith(found.Value is { } present ? AlarmTags.FingerprintsOf(present) : []);
            }

            return [.. fingerprints.Where(made.Contains)];
        }

        private async Task PlanFilterAsync(CancellationToken cancellationToken)
        {
            if (obstacles.Exists(o => o.Code == "LogGroupNotFound"))
            {
                return;
            }

            var filters = await gateways.MetricFilters.ListAsync(request.LogGroupName, cancellationToken).ConfigureAwait(false);
            var present = filters.FirstOrDefault(f => f.Name == request.AlarmName);
            var wanted = new MetricFilter
            {
                LogGroupName = request.LogGroupName,
                Name = request.AlarmName,
                Pattern = pattern.Text,
                MetricNamespace = AlarmTags.Namespace,
                MetricName = request.AlarmName,
            };
            if (present is not null && present.MetricNamespace != AlarmTags.Namespace)
            {
                Obstruct("FilterNotOurs", $"The log group {request.LogGroupName} has a metric filter {present.Name} that LogDelivery did not make.", "Give the alarm another name.");
                return;
            }

            if (present is null && filters.Count >= MetricFilter.MaxPerLogGroup)
            {
                Obstruct("TooManyFilters", $"The log group {request.LogGroupName} has {filters.Count} metric filters, and AWS allows {MetricFilter.MaxPerLogGroup}.", "Delete one that is not needed any more.");
                return;
            }

            var changes = present is null ? [] : Changes(present, wanted);
            var action = present is null ? AlarmAction.Create : changes.Count > 0 ? AlarmAction.Update : AlarmAction.None;
            var detail = action switch
            {
                AlarmAction.Create => $"on log group {request.LogGroupName}, counting {pattern.Text} into {AlarmTags.Namespace}/{wanted.MetricName}",
                AlarmAction.Update => string.Join("; ", changes),
                _ => "it exists",
            };
            steps.Add(new(AlarmPart.MetricFilter, action, wanted.Name, detail) { Work = (aws, cancel) => aws.MetricFilters.PutAsync(wanted, cancel) });
        }

        private static List<string> Changes(MetricFilter present, MetricFilter wanted)
        {
            var changes = new List<string>();
            Compare(changes, "pattern", present.Pattern, wanted.Pattern);
            Compare(changes, "metric", present.MetricName, wanted.MetricName);
            Compare(changes, "value", present.MetricValue, wanted.MetricValue);
            Compare(changes, "default value", present.DefaultValue?.ToString("R", System.Globalization.CultureInfo.InvariantCulture), null);
            return changes;
        }

        private void PlanAlarm(MetricAlarm? present)
        {
            var wanted = new MetricAlarm
            {
                Name = request.AlarmName,
                Arn = AlarmArn,
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
            AddFingerprints();
            var changes = present is null ? [] : Changes(present, wanted);
            var action = present is null ? AlarmAction.Create : changes.Count > 0 ? AlarmAction.Update : AlarmAction.None;
            var detail = action switch
            {
                AlarmAction.Create => $"at {wanted.Threshold} or more events (Sum) in {wanted.Period} seconds; missing data is not breaching; {(wanted.AlarmActions.Count == 0 ? "tells nobody" : $"tells {string.Join(", ", wanted.AlarmActions)}")}",
                AlarmAction.Update => string.Join("; ", changes),
                _ => "it exists",
            };
            steps.Add(new(AlarmPart.Alarm, action, wanted.Name, detail) { Work = (aws, cancel) => aws.MetricAlarms.PutAsync(wanted, tags, cancel) });
            if (presentTags is not null)
            {
                PlanTags();
            }

            if (wanted.AlarmActions.Count == 0)
            {
                findings.Add(AlarmFindings.NobodyListens("The alarm has no action: its state changes, but nobody is told."));
            }
            else if (!wanted.ActionsEnabled)
            {
                findings.Add(AlarmFindings.NobodyListens("The actions of the alarm are switched off."));
            }
        }

        private void AddFingerprints()
        {
            // In the order in which they came, so that a second run finds the same text.
            var before = presentTags is null ? [] : AlarmTags.FingerprintsOf(presentTags);
            var fingerprints = before.Union(sharedFingerprints).Union(newAddresses.Select(AlarmTags.Fingerprint)).ToArray();
            if (fingerprints.Length > 0)
            {
                tags[AlarmTags.Subscriptions] = string.Join(' ', fingerprints);
            }
        }

        private void PlanTags()
        {
            var missing = tags.Where(t => presentTags!.GetValueOrDefault(t.Key) != t.Value).ToDictionary();
            if (missing.Count > 0)
            {
                steps.Add(new(AlarmPart.Tags, AlarmAction.Update, request.AlarmName, string.Join(", ", missing.Keys))
                {
                    Work = (aws, cancel) => aws.MetricAlarms.TagAsync(AlarmArn, missing, cancel),
                });
            }
        }

        private static List<string> Changes(MetricAlarm present, MetricAlarm wanted)
        {
            var changes = new List<string>();
            Compare(changes, "metric", $"{present.MetricNamespace}/{present.MetricName}", $"{wanted.MetricNamespace}/{wanted.MetricName}");
            Compare(changes, "statistic", present.Statistic, wanted.Statistic);
            Compare(changes, "period", $"{present.Period}", $"{wanted.Period}");
            Compare(changes, "evaluation periods", $"{present.EvaluationPeriods}", $"{wanted.EvaluationPeriods}");
            Compare(changes, "datapoints to alarm", $"{present.DatapointsToAlarm ?? 1}", "1");
            Compare(changes, "threshold", Number(present.Threshold), Number(wanted.Threshold));
            Compare(changes, "comparison", present.ComparisonOperator, wanted.ComparisonOperator);
            Compare(changes, "missing data", present.TreatMissingData ?? "missing", wanted.TreatMissingData);
            changes.AddRange(wanted.AlarmActions.Except(present.AlarmActions).Select(a => $"tells {a}"));
            return changes;
        }

        private static string Number(double number) => number.ToString("R", System.Globalization.CultureInfo.InvariantCulture);

        private static void Compare(List<string> changes, string what, string? present, string? wanted)
        {
            if (present != wanted)
            {
                changes.Add($"{what} {present ?? "none"} becomes {wanted ?? "none"}");
            }
        }

        private async Task<IReadOnlyList<AlarmStep>> PlanDataEventsAsync(CancellationToken cancellationToken)
        {
            var feed = await LogGroupFeed.ReadAsync(gateways, request.LogGroupName, cancellationToken).ConfigureAwait(false);
            if (feed.Unreadable is { } reason)
            {
                notes.Add($"Which trail writes into the log group could not be told: {reason}");
            }

            // The presets that live on data events alone are worth nothing without a trail; of the others nobody can tell.
            var calls = request.Preset?.Calls ?? WatchedCalls.None;
            if (calls == WatchedCalls.None)
            {
                return [];
            }

            var bucket = request.Values.BucketName;
            if (!request.AddDataEvents || bucket is null || feed.Records(calls, bucket, partition, accountId))
            {
                findings.AddRange(feed.Inspect(calls, bucket, partition, accountId));
                return [];
            }

            return AddDataEvents(feed, calls, bucket);
        }

        private IReadOnlyList<AlarmStep> AddDataEvents(LogGroupFeed feed, WatchedCalls calls, string bucket)
        {
            if (feed.Trails.FirstOrDefault(t => t.Selection.Value is not null) is not { } trail)
            {
                Obstruct("NoTrail", $"There is no trail that writes into the log group {request.LogGroupName} and whose selectors can be read.", "Give the trail this log group (cloudtrail:UpdateTrail), or set all of it up by Export-LogDeliveryTemplate.");
                return [];
            }

            if (trail.Trail.BucketName == bucket)
            {
                Obstruct("LogLoop", $"The trail {trail.Trail.Name} delivers into {bucket} itself; were it to record its own deliveries, each would cause another.", "Let a second trail, which delivers elsewhere, record the data events of this bucket; Export-LogDeliveryTemplate makes one.");
                return [];
            }

            var bucketArn = $"arn:{partition}:s3:::{bucket}";
            if (DataEventAddition.AddTo(trail.Selection.Value!, request.AlarmName, calls, bucketArn) is not { } selection)
            {
                Obstruct("TooManySelectors", $"The trail {trail.Trail.Name} has {EventSelection.MaxBasicSelectors} event selectors, which is all that it can have.", "Take one out, or move the trail to advanced event selectors.");
                return [];
            }

            findings.AddRange(feed.Inspect(WatchedCalls.None, bucket, partition, accountId));
            tags[AlarmTags.DataEvents] = trail.Trail.TrailArn;
            return
            [
                new(AlarmPart.DataEvents, AlarmAction.Update, trail.Trail.Name, $"record {Words(calls)} of {bucket}; {new DataEventCost(request.RequestsPerMonth)}")
                {
                    Work = (aws, cancel) => aws.DataEvents.PutAsync(trail.Trail.TrailArn, selection, cancel),
                },
            ];
        }

        private static string Words(WatchedCalls calls) => calls switch
        {
            WatchedCalls.Writes => "writes",
            WatchedCalls.Reads => "reads",
            _ => "reads and writes",
        };

        private void PlanSubscriptions()
        {
            foreach (var address in request.Emails)
            {
                var isNew = newAddresses.Contains(address);
                steps.Add(new(AlarmPart.Subscription, isNew ? AlarmAction.Create : AlarmAction.None, address, isNew ? "SNS asks the address to confirm it" : "it exists")
                {
                    Work = (aws, cancel) => aws.AlarmTopics.SubscribeEmailAsync(topicArn!, address, cancel),
                });
            }
        }

        private static string TopicNameOf(string alarmName) => new([.. alarmName.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '-')]);
    }
}
