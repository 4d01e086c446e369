using System.Globalization;
using System.Text.Json.Nodes;
using LogDelivery.Policies;
using LogDelivery.Sandbox.State;

namespace LogDelivery.Sandbox.Deliveries;

/// <summary>
/// Evaluates alarms on the metrics of metric filters. CloudWatch does so every minute, the sandbox every five minutes;
/// measurements since the last evaluation belong to the period that ends now. Source: CloudWatch user guide,
/// alarm-evaluation.
/// </summary>
internal sealed class AlarmEvaluation(SandboxState state)
{
    public void Run()
    {
        foreach (var account in state.Accounts)
        {
            foreach (var measurement in account.LogGroups.Values.SelectMany(g => g.Measurements).Where(m => m.Time is null))
            {
                measurement.Time = state.Now;
            }

            foreach (var alarm in account.Alarms.Values.ToArray())
            {
                Evaluate(account, alarm);
            }
        }
    }

    /// <summary>Sets the state of an alarm, and notifies its actions.</summary>
    public static void Move(SandboxState state, string account, Alarm alarm, string to, string reason)
    {
        var from = alarm.State;
        (alarm.State, alarm.StateReason) = (to, reason);
        if (from == to)
        {
            return;
        }

        alarm.StateUpdated = state.Now;
        var actions = to switch
        {
            "ALARM" => alarm.List("AlarmActions"),
            "OK" => alarm.List("OKActions"),
            _ => alarm.List("InsufficientDataActions"),
        };
        foreach (var topic in actions.Where(_ => alarm.Text("ActionsEnabled") != "false").Select(state.FindTopic).OfType<Topic>())
        {
            if (MayPublish(state, account, alarm, topic))
            {
                topic.Messages.Add((state.Now, $"{to}: \"{alarm.Name}\" in {alarm.Region}", Message(state, account, alarm, from, reason)));
            }
        }
    }

    private void Evaluate(SandboxAccount account, Alarm alarm)
    {
        if (alarm.Text("MetricName") is not { } metric
            || alarm.Number("Period") is not { } period
            || alarm.Number("Threshold") is not { } threshold
            || alarm.Number("EvaluationPeriods") is not { } count)
        {
            return;
        }

        var values = account.LogGroups
            .Where(g => g.Key.StartsWith($"{alarm.Region}/", StringComparison.Ordinal))
            .SelectMany(g => g.Value.Measurements)
            .Where(m => m.MetricName == metric && m.Namespace == (alarm.Text("Namespace") ?? string.Empty))
            .ToArray();
        var points = Enumerable.Range(0, (int)count).Select(i => Statistic(alarm, values, state.Now.AddSeconds(-period * i), period)).ToArray();
        var missing = alarm.Text("TreatMissingData") ?? "missing";
        if (Array.TrueForAll(points, p => p is null) && missing is "missing" or "ignore")
        {
            if (missing == "missing")
            {
                Move(state, account.Id, alarm, "INSUFFICIENT_DATA", "Insufficient Data: no datapoints were received.");
            }

            return;
        }

        var breaching = points.Count(p => p is { } value ? Breaches(alarm, value, threshold) : missing == "breaching");
        var isAlarm = breaching >= (alarm.Number("DatapointsToAlarm") ?? count);
        var shown = string.Join(", ", points.Select(p => p?.ToString("0.0###", CultureInfo.InvariantCulture) ?? "no data"));
        Move(
            state,
            account.Id,
            alarm,
            isAlarm ? "ALARM" : "OK",
            string.Create(CultureInfo.InvariantCulture, $"{(isAlarm ? "Threshold Crossed" : "Threshold not crossed")}: {breaching} out of the last {(int)count} datapoints [{shown}] compared with {threshold:0.0###} ({alarm.Text("ComparisonOperator")})."));
    }

    private static double? Statistic(Alarm alarm, Measurement[] values, DateTimeOffset end, double period)
    {
        var inside = values.Where(m => m.Time > end.AddSeconds(-period) && m.Time <= end).Select(m => m.Value).ToArray();
        return inside.Length == 0
            ? null
            : alarm.Text("Statistic") switch
            {
                "Sum" => inside.Sum(),
                "Average" => inside.Average(),
                "Minimum" => inside.Min(),
                "Maximum" => inside.Max(),
                _ => inside.Length,
            };
    }

    private static bool Breaches(Alarm alarm, double value, double threshold) => alarm.Text("ComparisonOperator") switch
    {
        "GreaterThanOrEqualToThreshold" => value >= threshold,
        "GreaterThanThreshold" => value > threshold,
        "LessThanThreshold" => value < threshold,
        "LessThanOrEqualToThreshold" => value <= threshold,
        _ => false,
    };

    // The default policy of a topic speaks of its owner, those that people write of the service.
    private static bool MayPublish(SandboxState state, string account, Alarm alarm, Topic topic)
    {
        var context = new RequestContext(new Dictionary<string, ContextValue>
        {
            ["aws:SourceArn"] = ContextValue.Of(alarm.Arn),
            ["aws:SourceAccount"] = ContextValue.Of(account),
            ["aws:SourceOwner"] = ContextValue.Of(account),
            ["aws:SecureTransport"] = ContextValue.Of("true"),
        });
        var policy = topic.Policy.DocumentAt(state.Now);
        return new[] { RequestPrincipal.Service("cloudwatch.amazonaws.com"), RequestPrincipal.Aws(account) }
            .Any(p => policy.Evaluate(new PolicyRequest(p, "sns:Publish", topic.Arn, context)).Verdict == Verdict.Allowed);
    }

    private static string Message(SandboxState state, string account, Alarm alarm, string from, string reason) => new JsonObject
    {
        ["AlarmName"] = alarm.Name,
        ["AlarmDescription"] = alarm.Text("AlarmDescription"),
        ["AWSAccountId"] = account,
        ["NewStateValue"] = alarm.State,
        ["NewStateReason"] = reason,
        ["StateChangeTime"] = GeneratedNames.Iso(state.Now),
        ["Region"] = alarm.Region,
        ["AlarmArn"] = alarm.Arn,
        ["OldStateValue"] = from,
        ["Trigger"] = new JsonObject
        {
            ["MetricName"] = alarm.Text("MetricName"),
            ["Namespace"] = alarm.Text("Namespace"),
            ["Threshold"] = alarm.Number("Threshold"),
        },
    }.ToJsonString();
}
