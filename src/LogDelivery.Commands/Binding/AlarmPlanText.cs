using LogDelivery.Alarms;
using LogDelivery.Text;

namespace LogDelivery.Commands;

/// <summary>Plans of alarms as -WhatIf and -Confirm show them: every step, and what it costs.</summary>
internal static class AlarmPlanText
{
    public static ShownText Of(AlarmPlan plan)
    {
        var lines = new List<ShownText> { $"Set up the alarm {plan.AlarmName} in {plan.Region}:" };
        lines.AddRange(plan.Steps.Select(Line));
        if (plan.Trials.Count > 0)
        {
            lines.Add($"  The pattern decides {plan.Trials.Count} sample events as it has to.");
        }

        if (plan.Cost is { } cost)
        {
            lines.Add($"  Cost: {cost}");
        }

        return ShownText.OfAll(lines);
    }

    public static ShownText Of(AlarmRemovalPlan plan, string region)
        => ShownText.OfAll([$"Remove the alarm {plan.AlarmName} in {region}:", .. plan.Steps.Select(Line)]);

    private static ShownText Line(AlarmStep step) => ShownText.Of($"  {step}");
}
