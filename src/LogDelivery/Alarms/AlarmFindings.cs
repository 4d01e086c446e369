
namespace LogDelivery.Alarms;

/// <summary>What keeps an alarm silent. Each kind has a page in docs/findings/alarms.</summary>
internal static class AlarmFindings
{
    private static readonly Uri LogGroupPage = new("https://docs.aws.amazon.com/awscloudtrail/latest/userguide/send-cloudtrail-events-to-cloudwatch-logs.html");
    private static readonly Uri DataEventPage = new("https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-data-events-with-cloudtrail.html");
    private static readonly Uri TopicPage = new("https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html");
    private static readonly Uri PatternPage = new("https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html");
    private static readonly Uri FilterPage = new("https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/MonitoringLogData.html");
    private static readonly Uri EvaluationPage = new("https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html");

    /// <summary>Every kind, as its page has it.</summary>
    public static IReadOnlyList<Finding> All { get; } =
    [
        NotFed("example", []),
        NotRecorded("amzn-s3-demo-bucket", "PutObject", "management"),
        TopicRefuses("arn:aws:sns:us-east-1:111122223333:example", "Its policy has no statement for it."),
        NobodyListens("The alarm has no action."),
        PatternMisses(["flow log refused"]),
        NoFilter("LogDelivery", "example"),
        CannotFire("Its statistic is Average."),
    ];

    public static Finding NotFed(string logGroup, IReadOnlyList<string> troubles) => Make(
        "LD0140",
        "No trail writes into the log group",
        troubles.Count == 0 ? $"No trail of this Region sends its events to the log group {logGroup}." : string.Join(' ', troubles),
        "Give the trail the log group and a role for it (cloudtrail:UpdateTrail), or set all of it up by Export-LogDeliveryTemplate.",
        LogGroupPage);

    public static Finding NotRecorded(string bucket, string calls, string trails) => Make(
        "LD0141",
        "The data events that the alarm lives on are not recorded",
        $"The trail that writes into the log group ({trails}) records no {calls} data events of {bucket}.",
        "Add them, with AddDataEvent or by hand (cloudtrail:PutEventSelectors). Data events cost money; the plan shows an estimate.",
        DataEventPage);

    public static Finding TopicRefuses(string topicArn, string reason) => Make(
        "LD0142",
        "The alarm cannot publish to its topic",
        $"{topicArn}: {reason}",
        "Allow cloudwatch.amazonaws.com the action sns:Publish with the alarm's ARN as aws:SourceArn; where the topic is encrypted, use a key of your own whose policy allows it kms:Decrypt and kms:GenerateDataKey.",
        TopicPage);

    public static Finding NobodyListens(string reason) => Make(
        "LD0143",
        "Nobody is told when the alarm fires",
        reason,
        "Give the alarm a topic and an address. An address has to confirm the message that SNS sends it.",
        TopicPage);

    public static Finding PatternMisses(IReadOnlyList<string> samples) => Make(
        "LD0144",
        "The pattern misses known failures",
        $"Not caught: {string.Join(", ", samples)}.",
        "Take the pattern of the preset, or see what the pattern does with each field: != is false where the field is missing.",
        PatternPage);

    public static Finding NoFilter(string metricNamespace, string metricName) => Make(
        "LD0145",
        "No metric filter feeds the alarm's metric",
        $"No metric filter of this Region writes into the metric {metricNamespace}/{metricName}.",
        "Make the alarm again: New-LogDeliveryAlarm puts back what is missing.",
        FilterPage);

    public static Finding CannotFire(string reason) => Make(
        "LD0146",
        "The alarm's settings keep it from firing",
        reason,
        "Let it look at the Sum over one period of five minutes, with missing data as not breaching, and at least one event.",
        EvaluationPage);

    private static Finding Make(string id, string title, string evidence, string remedy, Uri page)
        => new(id, title, FindingSeverity.Warning, evidence, remedy, -1, null, string.Empty, page);
}
