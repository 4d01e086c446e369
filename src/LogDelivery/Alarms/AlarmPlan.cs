
namespace LogDelivery.Alarms;

/// <summary>What has to be done for an alarm, before any of it is done.</summary>
internal sealed record AlarmPlan
{
    /// <summary>The name of the alarm, its metric filter and its metric.</summary>
    public required string AlarmName { get; init; }

    /// <summary>The preset; <see langword="null"/> for a pattern of the user's own.</summary>
    public string? Preset { get; init; }

    /// <summary>The log group.</summary>
    public required string LogGroupName { get; init; }

    /// <summary>The bucket that is watched, if one is named.</summary>
    public string? BucketName { get; init; }

    /// <summary>The filter pattern.</summary>
    public required string FilterPattern { get; init; }

    /// <summary>The namespace of the metric.</summary>
    public string MetricNamespace { get; init; } = AlarmTags.Namespace;

    /// <summary>The metric.</summary>
    public string MetricName => AlarmName;

    /// <summary>The Region.</summary>
    public required string Region { get; init; }

    /// <summary>The topic that is told, if any.</summary>
    public string? TopicArn { get; init; }

    /// <summary>What the pattern does with sample events.</summary>
    public IReadOnlyList<PatternTrial> Trials { get; init; } = [];

    /// <summary>What is there and what has to be done, in the order of doing.</summary>
    public IReadOnlyList<AlarmStep> Steps { get; init; } = [];

    /// <summary>Why none of it can be done; empty when it can.</summary>
    public IReadOnlyList<AlarmObstacle> Obstacles { get; init; } = [];

    /// <summary>What would keep the alarm silent though it is made.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>What to know about it.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>What the data events cost that the alarm lives on; <see langword="null"/> when it needs none.</summary>
    public DataEventCost? Cost { get; init; }

    /// <summary>Whether anything has to be done.</summary>
    public bool HasChanges => Steps.Any(s => s.IsChange);

    /// <summary>The steps as lines.</summary>
    public override string ToString() => string.Join(Environment.NewLine, Steps);
}

/// <summary>A reason why an alarm cannot be made or removed as it was asked for.</summary>
/// <param name="Code">A stable word, such as <c>LogGroupNotFound</c>.</param>
/// <param name="Message">What is in the way.</param>
/// <param name="Remedy">What to do about it.</param>
internal sealed record AlarmObstacle(string Code, string Message, string Remedy)
{
    /// <summary>The message and the remedy.</summary>
    public override string ToString() => $"{Message} {Remedy}";
}
