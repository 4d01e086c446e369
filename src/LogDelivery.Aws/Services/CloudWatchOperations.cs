using System.Globalization;
using System.Xml.Linq;
using LogDelivery.Aws.Clients;

namespace LogDelivery.Aws.Services;

/// <summary>The operations of Amazon CloudWatch that are called.</summary>
internal static class CloudWatchOperations
{
    public static QueryOperation<PutMetricAlarmInput, NoOutput> PutMetricAlarm { get; } = new(
        ServiceModels.CloudWatch,
        "PutMetricAlarm",
        i =>
        [
            ("AlarmName", i.AlarmName),
            ("AlarmDescription", i.AlarmDescription),
            ("ActionsEnabled", QueryFields.Flag(i.ActionsEnabled)),
            .. QueryFields.List("OKActions", i.OKActions),
            .. QueryFields.List("AlarmActions", i.AlarmActions),
            .. QueryFields.List("InsufficientDataActions", i.InsufficientDataActions),
            ("MetricName", i.MetricName),
            ("Namespace", i.Namespace),
            ("Statistic", i.Statistic),
            ("Period", QueryFields.Number(i.Period)),
            ("EvaluationPeriods", QueryFields.Number(i.EvaluationPeriods)),
            ("DatapointsToAlarm", QueryFields.Number(i.DatapointsToAlarm)),
            ("Threshold", QueryFields.Number(i.Threshold)),
            ("ComparisonOperator", i.ComparisonOperator),
            ("TreatMissingData", i.TreatMissingData),
            .. QueryFields.Tags("Tags", i.Tags),
        ],
        _ => new());

    public static QueryOperation<DescribeAlarmsInput, DescribeAlarmsOutput> DescribeAlarms { get; } = new(
        ServiceModels.CloudWatch,
        "DescribeAlarms",
        i => [.. QueryFields.List("AlarmNames", i.AlarmNames), ("AlarmNamePrefix", i.AlarmNamePrefix), ("NextToken", i.NextToken)],
        e => new([.. e.List("MetricAlarms").Select(ReadAlarm)], e.Text("NextToken")));

    public static QueryOperation<AlarmNamesInput, NoOutput> DeleteAlarms { get; } = new(
        ServiceModels.CloudWatch,
        "DeleteAlarms",
        i => QueryFields.List("AlarmNames", i.AlarmNames),
        _ => new());

    public static QueryOperation<AlarmArnInput, TagsOutput> ListTagsForResource { get; } = new(
        ServiceModels.CloudWatch,
        "ListTagsForResource",
        i => [("ResourceARN", i.ResourceArn)],
        e => new([.. e.List("Tags").Select(t => new ResourceTag(t.Text("Key"), t.Text("Value")))]));

    public static QueryOperation<TagAlarmInput, NoOutput> TagResource { get; } = new(
        ServiceModels.CloudWatch,
        "TagResource",
        i => [("ResourceARN", i.ResourceArn), .. QueryFields.Tags("Tags", i.Tags)],
        _ => new());

    public static IReadOnlyList<IServiceOperation> All { get; } = [PutMetricAlarm, DescribeAlarms, DeleteAlarms, ListTagsForResource, TagResource];

    private static AlarmEntry ReadAlarm(XElement e) => new()
    {
        AlarmName = e.Text("AlarmName"),
        AlarmArn = e.Text("AlarmArn"),
        AlarmDescription = e.Text("AlarmDescription"),
        ActionsEnabled = e.Text("ActionsEnabled") is { } enabled ? enabled == "true" : null,
        OKActions = [.. e.List("OKActions").Select(a => a.Value)],
        AlarmActions = [.. e.List("AlarmActions").Select(a => a.Value)],
        InsufficientDataActions = [.. e.List("InsufficientDataActions").Select(a => a.Value)],
        StateValue = e.Text("StateValue"),
        StateReason = e.Text("StateReason"),
        StateUpdatedTimestamp = e.Time("StateUpdatedTimestamp"),
        MetricName = e.Text("MetricName"),
        Namespace = e.Text("Namespace"),
        Statistic = e.Text("Statistic"),
        Period = Whole(e.Text("Period")),
        EvaluationPeriods = Whole(e.Text("EvaluationPeriods")),
        DatapointsToAlarm = Whole(e.Text("DatapointsToAlarm")),
        Threshold = double.TryParse(e.Text("Threshold"), NumberStyles.Float, CultureInfo.InvariantCulture, out var threshold) ? threshold : null,
        ComparisonOperator = e.Text("ComparisonOperator"),
        TreatMissingData = e.Text("TreatMissingData"),
    };

    private static int? Whole(string? text) => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;
}

internal sealed record PutMetricAlarmInput(string AlarmName, int EvaluationPeriods, string ComparisonOperator)
{
    public string? AlarmDescription { get; init; }

    public bool? ActionsEnabled { get; init; }

    public IReadOnlyList<string>? OKActions { get; init; }

    public IReadOnlyList<string>? AlarmActions { get; init; }

    public IReadOnlyList<string>? InsufficientDataActions { get; init; }

    public string? MetricName { get; init; }

    public string? Namespace { get; init; }

    public string? Statistic { get; init; }

    public int? Period { get; init; }

    public int? DatapointsToAlarm { get; init; }

    public double? Threshold { get; init; }

    public string? TreatMissingData { get; init; }

    public IReadOnlyDictionary<string, string>? Tags { get; init; }
}

internal sealed record DescribeAlarmsInput(IReadOnlyList<string>? AlarmNames = null, string? AlarmNamePrefix = null, string? NextToken = null);

internal sealed record DescribeAlarmsOutput(IReadOnlyList<AlarmEntry> MetricAlarms, string? NextToken);

internal sealed record AlarmEntry
{
    public string? AlarmName { get; init; }

    public string? AlarmArn { get; init; }

    public string? AlarmDescription { get; init; }

    public bool? ActionsEnabled { get; init; }

    public IReadOnlyList<string> OKActions { get; init; } = [];

    public IReadOnlyList<string> AlarmActions { get; init; } = [];

    public IReadOnlyList<string> InsufficientDataActions { get; init; } = [];

    public string? StateValue { get; init; }

    public string? StateReason { get; init; }

    public DateTime? StateUpdatedTimestamp { get; init; }

    public string? MetricName { get; init; }

    public string? Namespace { get; init; }

    public string? Statistic { get; init; }

    public int? Period { get; init; }

    public int? EvaluationPeriods { get; init; }

    public int? DatapointsToAlarm { get; init; }

    public double? Threshold { get; init; }

    public string? ComparisonOperator { get; init; }

    public string? TreatMissingData { get; init; }
}

internal sealed record AlarmNamesInput(IReadOnlyList<string> AlarmNames);

internal sealed record AlarmArnInput(string ResourceArn);

internal sealed record TagAlarmInput(string ResourceArn, IReadOnlyDictionary<string, string> Tags);

internal sealed record TagsOutput(IReadOnlyList<ResourceTag> Tags);

internal sealed record ResourceTag(string? Key, string? Value);
