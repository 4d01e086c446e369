using System.Globalization;
using LogDelivery.Gateways;

namespace LogDelivery.Alarms;

/// <summary>What is different between what is there and what is wanted, in words. Nothing when it does not matter.</summary>
internal static class AlarmDifferences
{
    public static IReadOnlyList<string> Of(MetricFilter present, MetricFilter wanted) =>
    [
        .. Between("pattern", present.Pattern, wanted.Pattern),
        .. Between("metric", present.MetricName, wanted.MetricName),
        .. Between("value", present.MetricValue, wanted.MetricValue),
        .. Between("default value", Number(present.DefaultValue), Number(wanted.DefaultValue)),
    ];

    public static IReadOnlyList<string> Of(MetricAlarm present, MetricAlarm wanted) =>
    [
        .. Between("metric", $"{present.MetricNamespace}/{present.MetricName}", $"{wanted.MetricNamespace}/{wanted.MetricName}"),
        .. Between("statistic", present.Statistic, wanted.Statistic),
        .. Between("period", Number(present.Period), Number(wanted.Period)),
        .. Between("evaluation periods", Number(present.EvaluationPeriods), Number(wanted.EvaluationPeriods)),
        .. Between("datapoints to alarm", Number(present.DatapointsToAlarm ?? present.EvaluationPeriods), Number(wanted.DatapointsToAlarm ?? wanted.EvaluationPeriods)),
        .. Between("threshold", Number(present.Threshold), Number(wanted.Threshold)),
        .. Between("comparison", present.ComparisonOperator, wanted.ComparisonOperator),
        .. Between("missing data", present.TreatMissingData ?? "missing", wanted.TreatMissingData),
        .. wanted.AlarmActions.Except(present.AlarmActions).Select(a => $"tells {a}"),
    ];

    private static IEnumerable<string> Between(string what, string? present, string? wanted)
        => present == wanted ? [] : [$"{what} {present ?? "none"} becomes {wanted ?? "none"}"];

    private static string? Number(double? number) => number?.ToString("R", CultureInfo.InvariantCulture);
}
