using System.Globalization;
using LogDelivery.Gateways;

namespace LogDelivery.Alarms;

/// <summary>
/// What of an alarm's own settings keeps it from firing at a single event. Source: CloudWatch user guide, alarm-evaluation
/// and alarms-and-missing-data.
/// </summary>
internal static class AlarmSettings
{
    public static IEnumerable<Finding> Inspect(MetricAlarm alarm, MetricFilter? filter)
        => Reasons(alarm, filter).Select(AlarmFindings.CannotFire);

    private static IEnumerable<string> Reasons(MetricAlarm alarm, MetricFilter? filter)
    {
        var needed = alarm.DatapointsToAlarm ?? alarm.EvaluationPeriods;
        if (needed > 1 && alarm.TreatMissingData != "breaching")
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"It takes events in {needed} periods of {alarm.Period} seconds; those of one period are not enough.");
        }

        if (alarm.Statistic is "Average" or "Minimum" && filter is { DefaultValue: { } value })
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"Its statistic is {alarm.Statistic}, and every event that does not match counts for {value}.");
        }

        if (alarm.ComparisonOperator is "LessThanThreshold" or "LessThanOrEqualToThreshold")
        {
            yield return $"It compares by {alarm.ComparisonOperator}: it fires when there are few events.";
        }

        if (alarm.TreatMissingData == "ignore" && filter is { DefaultValue: null })
        {
            yield return "Missing data is ignored and nothing counts the quiet, so that it stays in ALARM once it was there and tells nobody of what comes later.";
        }
    }
}
