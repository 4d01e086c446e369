using System.Management.Automation;
using LogDelivery.Repair;
using LogDelivery.Text;

namespace LogDelivery.Commands;

/// <summary>Asks before a policy in AWS is written. Called on the pipeline thread.</summary>
internal static class LiveConsent
{
    /// <summary>Asks about one document. What <c>-WhatIf</c> shows is never forced.</summary>
    public static RepairConsent Ask(LogDeliveryCommand command, LiveRepairPlan plan, LivePolicyChange change, bool force)
    {
        var gained = change.Plan!.NewlyAllowed.Select(c => $"{c.Request.Principal} {c}").Distinct();
        var description = ShownText.OfAll(PlanText.Of(change.Plan, change.Resource), $"Gains access: {string.Join(", ", gained)}.");
        return force && !command.IsWhatIf && !command.MyInvocation.BoundParameters.ContainsKey("Confirm")
            ? RepairConsent.Yes
            : Ask(command, description, $"Write {change} as {plan.Caller.Arn}?", "Repair the policy");
    }

    /// <summary>Asks about anything that is written.</summary>
    public static RepairConsent Ask(LogDeliveryCommand command, ShownText description, ShownText question, ShownText caption)
        => command.ShouldProcess(description, ShownText.OfAll(description, question), caption, out var reason) ? RepairConsent.Yes
            : reason == ShouldProcessReason.WhatIf ? RepairConsent.ShowOnly
            : RepairConsent.No;
}
