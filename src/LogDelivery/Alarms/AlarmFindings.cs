using LogDelivery.Findings;

namespace LogDelivery.Alarms;

/// <summary>The findings about what keeps an alarm silent.</summary>
internal static class AlarmFindings
{
    private static readonly FindingKind NotFedKind = new("LD0140", "No trail writes into the log group", FindingSeverity.Warning, AwsPages.CloudTrailLogGroup);

    public static Finding NotFed(string logGroup, IReadOnlyList<string> troubles) => NotFedKind.Report(
        troubles.Count == 0 ? $"No trail of this Region sends its events to the log group {logGroup}." : string.Join(' ', troubles),
        "Give the trail the log group and a role for it (cloudtrail:UpdateTrail), or set all of it up by Export-LogDeliveryTemplate.");

    private static readonly FindingKind NotRecordedKind = new("LD0141", "The data events that the alarm lives on are not recorded", FindingSeverity.Warning, AwsPages.CloudTrailDataEvents);

    public static Finding NotRecorded(string bucket, string calls, string trails) => NotRecordedKind.Report(
        $"The trail that writes into the log group ({trails}) records no {calls} data events of {bucket}.",
        "Add them, with AddDataEvent or by hand (cloudtrail:PutEventSelectors). Data events cost money; the plan shows an estimate.");

    private static readonly FindingKind TopicRefusesKind = new("LD0142", "The alarm cannot publish to its topic", FindingSeverity.Warning, AwsPages.AlarmTopics);

    public static Finding TopicRefuses(string topicArn, string reason) => TopicRefusesKind.Report(
        $"{topicArn}: {reason}",
        "Allow cloudwatch.amazonaws.com the action sns:Publish with the alarm's ARN as aws:SourceArn; where the topic is encrypted, use a key of your own whose policy allows it kms:Decrypt and kms:GenerateDataKey.");

    private static readonly FindingKind NobodyListensKind = new("LD0143", "Nobody is told when the alarm fires", FindingSeverity.Warning, AwsPages.AlarmTopics);

    public static Finding NobodyListens(string reason) => NobodyListensKind.Report(
        reason,
        "Give the alarm a topic and an address. An address has to confirm the message that SNS sends it.");

    private static readonly FindingKind PatternMissesKind = new("LD0144", "The pattern misses known failures", FindingSeverity.Warning, AwsPages.FilterPatterns);

    public static Finding PatternMisses(IReadOnlyList<string> samples) => PatternMissesKind.Report(
        $"Not caught: {string.Join(", ", samples)}.",
        "Take the pattern of the preset, or see what the pattern does with each field: != is false where the field is missing.");

    private static readonly FindingKind NoFilterKind = new("LD0145", "No metric filter feeds the alarm's metric", FindingSeverity.Warning, AwsPages.MetricFilters);

    public static Finding NoFilter(string metricNamespace, string metricName) => NoFilterKind.Report(
        $"No metric filter of this Region writes into the metric {metricNamespace}/{metricName}.",
        "Make the alarm again: New-LogDeliveryAlarm puts back what is missing.");

    private static readonly FindingKind CannotFireKind = new("LD0146", "The alarm's settings keep it from firing", FindingSeverity.Warning, AwsPages.AlarmEvaluation);

    public static Finding CannotFire(string reason) => CannotFireKind.Report(
        reason,
        "Let it look at the Sum over one period of five minutes, with missing data as not breaching, and at least one event.");
}
