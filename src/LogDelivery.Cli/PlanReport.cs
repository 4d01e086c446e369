using LogDelivery.Repair;

namespace LogDelivery.Cli;

/// <summary>Prints a repair plan for a person.</summary>
internal static class PlanReport
{
    public static void Write(RepairPlan plan, TextWriter output)
    {
        var style = TerminalStyle.For(output);
        var what = plan.Target == Sources.PolicyTarget.Key ? "key policy" : "bucket policy";
        if (!plan.HasChanges)
        {
            output.WriteLine(plan.Succeeds ? $"The {what} needs no change." : $"The {what} is not changed.");
        }
        else
        {
            output.WriteLine($"Plan for the {what}:");
            foreach (var line in plan.Diff)
            {
                output.WriteLine(style.Diff(line));
            }

            output.WriteLine(style.Dim($"Size: {plan.Before.SizeInBytes} -> {plan.After.SizeInBytes} bytes."));
            foreach (var call in plan.NewlyAllowed.Select(c => c.ToString()).Distinct())
            {
                output.WriteLine($"Becomes allowed: {call}");
            }

            output.WriteLine($"{(plan.Certificate.IsValid ? style.Good("Proof:") : style.Bad("Proof:"))} {plan.Certificate}");
            foreach (var lost in plan.Certificate.LostExamples)
            {
                output.WriteLine($"Lost on request: {lost}");
            }
        }

        foreach (var rejected in plan.Rejected)
        {
            output.WriteLine(style.Dim($"Refuted by the proof: {rejected}"));
        }

        foreach (var obstacle in plan.Obstacles)
        {
            output.WriteLine($"{style.Bad("Open:")} {obstacle}");
        }
    }
}
