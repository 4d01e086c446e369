using System.Xml.Linq;
using LogDelivery.Aws.Clients;

namespace LogDelivery.Aws.Services;

/// <summary>The operations of Amazon CloudWatch.</summary>
internal static class CloudWatchOperations
{
    public static QueryOperation<PutMetricAlarmInput, NoOutput> PutMetricAlarm { get; } = new(
        ServiceModels.CloudWatch,
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
        i => [.. QueryFields.List("AlarmNames", i.AlarmNames), ("AlarmNamePrefix", i.AlarmNamePrefix), ("NextToken", i.NextToken)],
        e => new([.. e.List("MetricAlarms").Select(ReadAlarm)], e.Text("NextToken")));

    public static QueryOperation<AlarmNamesInput, NoOutput> DeleteAlarms { get; } = new(
        ServiceModels.CloudWatch,
        i => QueryFields.List("AlarmNames", i.AlarmNames),
        _ => new());

    public static QueryOperation<AlarmArnInput, IReadOnlyDictionary<string, string>> ListTagsForResource { get; } = new(
        ServiceModels.CloudWatch,
        i => [("ResourceARN", i.ResourceArn)],
        e => e.Tags("Tags"));

    public static QueryOperation<TagAlarmInput, NoOutput> TagResource { get; } = new(
        ServiceModels.CloudWatch,
        i => [("ResourceARN", i.ResourceArn), .. QueryFields.Tags("Tags", i.Tags)],
        _ => new());

    public static IReadOnlyList<IServiceOperation> All { get; } = [PutMetricAlarm, DescribeAlarms, DeleteAlarms, ListTagsForResource, TagResource];

    private static AlarmEntry ReadAlarm(XElement e) => new()
    {
        AlarmName = e.Text("AlarmName"),
        AlarmArn = e.Text("AlarmArn"),
        AlarmDescription = e.Text("AlarmDescription"),
        ActionsEnabled = e.Flag("ActionsEnabled"),
        OKActions = e.Texts("OKActions"),
        AlarmActions = e.Texts("AlarmActions"),
        InsufficientDataActions = e.Texts("InsufficientDataActions"),
        StateValue = e.Text("StateValue"),
        StateReason = e.Text("StateReason"),
        StateUpdatedTimestamp = e.Time("StateUpdatedTimestamp"),
        MetricName = e.Text("MetricName"),
        Namespace = e.Text("Namespace"),
        Statistic = e.Text("Statistic"),
        Period = e.WholeNumber("Period"),
        EvaluationPeriods = e.WholeNumber("EvaluationPeriods"),
        DatapointsToAlarm = e.WholeNumber("DatapointsToAlarm"),
        Threshold = e.Number("Threshold"),
        ComparisonOperator = e.Text("ComparisonOperator"),
        TreatMissingData = e.Text("TreatMissingData"),
    };
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
