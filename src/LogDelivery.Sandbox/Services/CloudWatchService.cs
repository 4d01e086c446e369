using System.Xml.Linq;
using LogDelivery.Sandbox.Deliveries;
using LogDelivery.Sandbox.Http;
using LogDelivery.Sandbox.State;

namespace LogDelivery.Sandbox.Services;

/// <summary>CloudWatch over the query protocol: alarms, which <see cref="AlarmEvaluation"/> moves as time passes.</summary>
internal sealed class CloudWatchService : QueryService
{
    private static readonly string[] Operators =
        ["GreaterThanOrEqualToThreshold", "GreaterThanThreshold", "LessThanThreshold", "LessThanOrEqualToThreshold"];

    private readonly SandboxState state;

    public CloudWatchService(SandboxState state)
        : base("cloudwatch", "2010-08-01", "http://monitoring.amazonaws.com/doc/2010-08-01/")
    {
        this.state = state;
        On("PutMetricAlarm", PutMetricAlarm);
        On("DescribeAlarms", DescribeAlarms);
        On("DeleteAlarms", DeleteAlarms);
        On("SetAlarmState", SetAlarmState);
        OnTags(call => Tagged(call).Tags);
    }

    public override string SigningName => "monitoring";

    private static XElement Describe(QueryCall call, Alarm alarm)
    {
        var element = call.Element(
            "member",
            call.Element("AlarmArn", alarm.Arn),
            call.Element("StateValue", alarm.State),
            call.Element("StateReason", alarm.StateReason),
            call.Element("StateUpdatedTimestamp", XmlValues.Time(alarm.StateUpdated)));
        if (alarm.Text("ActionsEnabled") is null)
        {
            element.Add(call.Element("ActionsEnabled", "true"));
        }

        foreach (var (name, value) in alarm.Parameters.Where(p => !p.Key.Contains('.', StringComparison.Ordinal)))
        {
            element.Add(call.Element(name, value));
        }

        foreach (var list in new[] { "AlarmActions", "OKActions", "InsufficientDataActions" })
        {
            element.Add(call.Element(list, alarm.List(list).Select(a => call.Element("member", a))));
        }

        return element;
    }

    private static string Key(QueryCall call, string name) => $"{call.Region}/{name}";

    private Alarm Named(QueryCall call)
    {
        var name = call.Required("AlarmName");
        return state.AccountOf(call.Account).Alarms.GetValueOrDefault(Key(call, name)) ?? throw new ApiException("ResourceNotFound", $"Alarm {name} does not exist", 404);
    }

    private Alarm Tagged(QueryCall call)
    {
        var arn = call.Required("ResourceARN");
        return state.AccountOf(call.Account).Alarms.Values.FirstOrDefault(a => a.Arn == arn) ?? throw new ApiException("ResourceNotFoundException", $"Unknown resource {arn}", 404);
    }

    private IEnumerable<XElement> PutMetricAlarm(QueryCall call)
    {
        var name = call.Required("AlarmName");
        call.Required("EvaluationPeriods");
        if (!Operators.Contains(call.Required("ComparisonOperator")))
        {
            throw new ApiException("ValidationError", $"The sandbox compares with {string.Join(", ", Operators)}.");
        }

        var parameters = call.Parameters.Where(p => p.Key is not ("Action" or "Version")).ToArray();
        var alarms = state.AccountOf(call.Account).Alarms;
        if (alarms.TryGetValue(Key(call, name), out var present))
        {
            // The tags of a call that changes an alarm are not looked at.
            present.Parameters = parameters;
            return [];
        }

        var alarm = new Alarm(name, call.Account, call.Region, parameters) { StateUpdated = state.Now };
        foreach (var (key, value) in call.Tags("Tags"))
        {
            alarm.Tags[key] = value;
        }

        alarms.Add(Key(call, name), alarm);
        return [];
    }

    private IEnumerable<XElement> DescribeAlarms(QueryCall call)
    {
        var names = call.List("AlarmNames");
        var prefix = call.Text("AlarmNamePrefix") ?? string.Empty;
        var alarms = state.AccountOf(call.Account).Alarms
            .Where(a => a.Key.StartsWith($"{call.Region}/", StringComparison.Ordinal)
                && (names.Count == 0 || names.Contains(a.Value.Name))
                && a.Value.Name.StartsWith(prefix, StringComparison.Ordinal)
                && (call.Text("StateValue") ?? a.Value.State) == a.Value.State);
        return [call.Element("MetricAlarms", alarms.Select(a => Describe(call, a.Value))), call.Element("CompositeAlarms")];
    }

    private IEnumerable<XElement> DeleteAlarms(QueryCall call)
    {
        var alarms = state.AccountOf(call.Account).Alarms;
        var names = call.List("AlarmNames");

        // When one of them is not there, none is deleted.
        if (names.FirstOrDefault(n => !alarms.ContainsKey(Key(call, n))) is { } unknown)
        {
            throw new ApiException("ResourceNotFound", $"Alarm {unknown} does not exist", 404);
        }

        foreach (var name in names)
        {
            alarms.Remove(Key(call, name));
        }

        return [];
    }

    // Runbooks set the state by hand to test the notifications of an alarm.
    private IEnumerable<XElement> SetAlarmState(QueryCall call)
    {
        AlarmEvaluation.Move(state, call.Account, Named(call), call.Required("StateValue"), call.Text("StateReason") ?? string.Empty);
        return [];
    }
}
