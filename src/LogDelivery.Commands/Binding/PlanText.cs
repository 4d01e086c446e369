using LogDelivery.Repair;
using LogDelivery.Text;

namespace LogDelivery.Commands;

/// <summary>A repair plan as -WhatIf and -Confirm show it: the statement diff and the proof.</summary>
internal static class PlanText
{
    public static ShownText Of(RepairPlan plan, string where)
    {
        var what = plan.DocumentName;
        var lines = new List<ShownText>
        {
            plan.HasChanges ? $"Repair the {what} in {where}:" : $"Change nothing in the {what} in {where}.",
        };
        lines.AddRange(plan.Diff.Select(ShownText.OfLine));
        if (plan.HasChanges)
        {
            lines.Add($"Proof: {plan.Certificate}");
        }

        return ShownText.OfAll(lines);
    }
}
