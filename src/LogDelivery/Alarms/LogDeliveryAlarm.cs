using LogDelivery.Alarms;
using LogDelivery.Gateways;

namespace LogDelivery;

/// <summary>
/// An alarm on the events of a log group: its state, and whether its pattern would have caught the known failures. Every
/// property can be set, so that scripts and their tests can make such objects of their own.
/// </summary>
public sealed record LogDeliveryAlarm
{
    /// <summary>The alarm's name.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>The alarm's ARN.</summary>
    public string AlarmArn { get; init; } = string.Empty;

    /// <summary>CloudWatch's word: <c>OK</c>, <c>ALARM</c> or <c>INSUFFICIENT_DATA</c>.</summary>
    public string State { get; init; } = string.Empty;

    /// <summary>Why it is in this state, in CloudWatch's words.</summary>
    public string? StateReason { get; init; }

    /// <summary>Since when. UTC.</summary>
    public DateTime? StateUpdatedAt { get; init; }

    /// <summary>Whether this module made it.</summary>
    public bool IsManaged { get; init; }

    /// <summary>The preset that it was made from, if any.</summary>
    public string? Preset { get; init; }

    /// <summary>The bucket that it watches, if it was made for one.</summary>
    public string? BucketName { get; init; }

    /// <summary>The log group; empty when no metric filter feeds the alarm.</summary>
    public string LogGroupName { get; init; } = string.Empty;

    /// <summary>The metric filter; empty when there is none.</summary>
    public string FilterName { get; init; } = string.Empty;

    /// <summary>The filter pattern; <see langword="null"/> when there is no metric filter.</summary>
    public string? FilterPattern { get; init; }

    /// <summary>The namespace of the metric.</summary>
    public string MetricNamespace { get; init; } = string.Empty;

    /// <summary>The metric.</summary>
    public string MetricName { get; init; } = string.Empty;

    /// <summary>The statistic, such as <c>Sum</c>.</summary>
    public string? Statistic { get; init; }

    /// <summary>The length of a period in seconds.</summary>
    public int Period { get; init; }

    /// <summary>What the statistic is compared with.</summary>
    public double Threshold { get; init; }

    /// <summary>How it is compared, such as <c>GreaterThanOrEqualToThreshold</c>.</summary>
    public string? ComparisonOperator { get; init; }

    /// <summary>What a period without data is, such as <c>notBreaching</c>.</summary>
    public string? TreatMissingData { get; init; }

    /// <summary>What is told when it fires.</summary>
    public string[] AlarmActions { get; init; } = [];

    /// <summary>Who listens to the topics among the actions.</summary>
    public TopicSubscription[] Subscriptions { get; init; } = [];

    /// <summary>What the pattern does with each known event.</summary>
    public PatternTrial[] Trials { get; init; } = [];

    /// <summary>Whether the pattern catches every known failure; <see langword="null"/> when none fits it.</summary>
    public bool? CatchesKnownFailures { get; init; }

    /// <summary>What keeps the alarm silent.</summary>
    public Finding[] Findings { get; init; } = [];

    /// <summary>The Region.</summary>
    public string Region { get; init; } = string.Empty;

    /// <summary>The name and the state.</summary>
    public override string ToString() => VisibleText.Of($"{Name}: {State}");
}
