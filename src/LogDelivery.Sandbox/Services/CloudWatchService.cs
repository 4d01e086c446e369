using System.Xml.Linq;
using LogDelivery.Sandbox.Http;
using LogDelivery.Sandbox.State;

namespace LogDelivery.Sandbox.Services;

/// <summary>CloudWatch over the query protocol: alarms that are kept and never evaluated by themselves.</summary>
internal sealed class CloudWatchService : QueryService
{
    private readonly SandboxState state;

    public CloudWatchService(SandboxState state)
        : base("cloudwatch", "2010-08-01", "http://monitoring.amazonaws.com/doc/2010-08-01/")
    {
        this.state = state;
        On("PutMetricAlarm", PutMetricAlarm);
        On("DescribeAlarms", DescribeAlarms);
        On("DeleteAlarms", DeleteAlarms);
        On("SetAlarmState", SetAlarmState);
    }

    public override string SigningName => "monitoring";

    private static XElement Describe(QueryCall call, Alarm alarm)
    {
        var element = call.Element("member", call.Element("AlarmArn", alarm.Arn), call.Element("StateValue", alarm.State));
        foreach (var (name, value) in alarm.Parameters.Where(p => !p.Key.Contains('.', StringComparison.Ordinal)))
        {
            element.Add(call.Element(name, value));
        }

        foreach (var list in new[] { "AlarmActions", "OKActions", "InsufficientDataActions" })
        {
            element.Add(call.Element(list, alarm.Parameters.Where(p => p.Key.StartsWith($"{list}.member.", StringComparison.Ordinal)).Select(p => call.Element("member", p.Value))));
        }

        return element;
    }

    private static string Key(QueryCall call, string name) => $"{call.Region}/{name}";

    private IEnumerable<XElement> PutMetricAlarm(QueryCall call)
    {
        var name = call.Required("AlarmName");
        var parameters = call.Parameters.Where(p => p.Key is not ("Action" or "Version")).ToArray();
        state.AccountOf(call.Account).Alarms[Key(call, name)] = new(name, $"arn:{SandboxState.PartitionOf(call.Region)}:cloudwatch:{call.Region}:{call.Account}:alarm:{name}", parameters);
        return [];
    }

    private IEnumerable<XElement> DescribeAlarms(QueryCall call)
    {
        var names = call.List("AlarmNames");
        var prefix = call.Text("AlarmNamePrefix") ?? string.Empty;
        var alarms = state.AccountOf(call.Account).Alarms
            .Where(a => a.Key.StartsWith($"{call.Region}/", StringComparison.Ordinal) && (names.Count == 0 || names.Contains(a.Value.Name)) && a.Value.Name.StartsWith(prefix, StringComparison.Ordinal));
        return [call.Element("MetricAlarms", alarms.Select(a => Describe(call, a.Value)))];
    }

    private IEnumerable<XElement> DeleteAlarms(QueryCall call)
    {
        foreach (var name in call.List("AlarmNames"))
        {
            if (!state.AccountOf(call.Account).Alarms.Remove(Key(call, name)))
            {
                throw new ApiException("ResourceNotFound", $"Alarm {name} does not exist", 404);
            }
        }

        return [];
    }

    // An alarm's actions are topics; setting its state by hand is how a runbook tests the way from there on.
    private IEnumerable<XElement> SetAlarmState(QueryCall call)
    {
        var name = call.Required("AlarmName");
        var alarm = state.AccountOf(call.Account).Alarms.GetValueOrDefault(Key(call, name)) ?? throw new ApiException("ResourceNotFound", $"Alarm {name} does not exist", 404);
        alarm.State = call.Required("StateValue");
        if (alarm.State == "ALARM")
        {
            foreach (var action in alarm.Parameters.Where(p => p.Key.StartsWith("AlarmActions.member.", StringComparison.Ordinal)))
            {
                state.FindTopic(action.Value)?.Messages.Add((state.Now, $"ALARM: \"{name}\"", call.Text("StateReason") ?? string.Empty));
            }
        }

        return [];
    }
}
