using LogDelivery.Alarms;

namespace LogDelivery.Commands;

/// <summary>Plans of alarms as -WhatIf and -Confirm show them: every step, and what it costs.</summary>
internal static class AlarmPlanText
{
    public static string Of(AlarmPlan plan)
    {
        var lines = new List<string> { $"Set up the alarm {plan.AlarmName} in {plan.Region}:" };
        lines.AddRange(plan.Steps.Select(s => $"  {s}"));
        if (plan.Trials.Count > 0)
        {
            lines.Add($"  The pattern decides {plan.Trials.Count} sample events as it has to.");
        }

        if (plan.Cost is { } cost)
        {
            lines.Add($"  Cost: {cost}");
        }

        return string.Join(Environment.NewLine, lines);
    }

    public static string Of(AlarmRemovalPlan plan, string region)
        => string.Join(Environment.NewLine, [$"Remove the alarm {plan.AlarmName} in {region}:", .. plan.Steps.Select(s => $"  {s}")]);
}
