using LogDelivery.Alarms;
using LogDelivery.Gateways;
using Xunit;

namespace LogDelivery.Tests.Alarms;

/// <summary>Settings that keep an alarm from firing at a single event.</summary>
public sealed class AlarmSettingsTests
{
    private static readonly MetricAlarm Right = new()
    {
        Name = "a",
        MetricNamespace = "Logs",
        MetricName = "Denied",
        Statistic = "Sum",
        Period = 300,
        Threshold = 1,
        ComparisonOperator = "GreaterThanOrEqualToThreshold",
        TreatMissingData = "notBreaching",
    };

    private static readonly MetricFilter Filter = new() { LogGroupName = "g", Name = "f", Pattern = "error", MetricNamespace = "Logs", MetricName = "Denied" };

    public static TheoryData<string?, object, double?> Cases => new()
    {
        { null, Right, null },
        { null, Right with { Statistic = "Maximum" }, 0 },
        { null, Right with { TreatMissingData = "missing" }, null },
        { null, Right with { EvaluationPeriods = 3, DatapointsToAlarm = 1 }, null },
        { "2 periods", Right with { EvaluationPeriods = 2 }, null },
        { "2 periods", Right with { EvaluationPeriods = 3, DatapointsToAlarm = 2, TreatMissingData = null }, null },
        { "Average", Right with { Statistic = "Average" }, 0 },
        { null, Right with { Statistic = "Average" }, null },
        { "few events", Right with { ComparisonOperator = "LessThanThreshold" }, null },
        { "ignored", Right with { TreatMissingData = "ignore" }, null },
        { null, Right with { TreatMissingData = "ignore" }, 0 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_keeps_it_silent_is_told(string? reason, object alarm, double? defaultValue)
    {
        var findings = AlarmSettings.Inspect((MetricAlarm)alarm, Filter with { DefaultValue = defaultValue }).ToArray();
        if (reason is null)
        {
            Assert.Empty(findings);
        }
        else
        {
            Assert.Contains(reason, Assert.Single(findings).Evidence, StringComparison.Ordinal);
        }
    }
}
