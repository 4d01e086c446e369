using LogDelivery.Repair;

namespace LogDelivery.Commands;

/// <summary>A repair plan as -WhatIf and -Confirm show it: the statement diff and the proof.</summary>
internal static class PlanText
{
    public static string Of(RepairPlan plan, string where)
    {
        var what = plan.DocumentName;
        var lines = new List<string>
        {
            plan.HasChanges ? $"Repair the {what} in {where}:" : $"Change nothing in the {what} in {where}.",
        };
        lines.AddRange(plan.Diff);
        if (plan.HasChanges)
        {
            lines.Add($"Proof: {plan.Certificate}");
        }

        return string.Join(Environment.NewLine, lines);
    }
}
