using LogDelivery.Repair;
using LogDelivery.Text;

namespace LogDelivery.Cli;

/// <summary>Prints a repair plan for a person.</summary>
internal static class PlanReport
{
    // Lines around a change that say where in the statement it is.
    private const int ContextLines = 2;

    public static void Write(RepairPlan plan, Screen output) => Write(plan, output, output.Style, string.Empty);

    public static void Write(RepairPlan plan, Screen output, TerminalStyle style, string indent)
    {
        var what = plan.DocumentName;
        void Line(ShownText text) => output.WriteLine($"{indent}{text}");
        if (!plan.HasChanges)
        {
            Line(plan.Succeeds ? $"The {what} needs no change." : $"The {what} is not changed.");
        }
        else
        {
            Line($"Plan for the {what}:");
            foreach (var line in Condense(plan.Diff))
            {
                Line(style.Diff(line));
            }

            Line(style.Dim($"{plan.Before.SizeInBytes} -> {plan.After.SizeInBytes} bytes. Becomes allowed: {string.Join(", ", plan.NewlyAllowed.Select(c => c.ToString()).Distinct())}."));
            Line(ShownText.Of($"{(plan.Certificate.IsValid ? style.Good("Proof:") : style.Bad("Proof:"))} {plan.Certificate}"));
            foreach (var lost in plan.Certificate.LostExamples)
            {
                Line($"Lost on request: {lost}");
            }
        }

        foreach (var rejected in plan.Rejected)
        {
            Line(style.Dim($"Refuted: {rejected}"));
        }

        foreach (var obstacle in plan.Obstacles)
        {
            Line(ShownText.Of($"{style.Bad("Open:")} {obstacle}"));
        }
    }

    // Leaves out what stays as it is, but for the lines next to a change.
    private static IEnumerable<string> Condense(IReadOnlyList<string> diff)
    {
        var skipping = false;
        for (var i = 0; i < diff.Count; i++)
        {
            var isNear = Enumerable.Range(i - ContextLines, (2 * ContextLines) + 1).Any(j => j >= 0 && j < diff.Count && diff[j][0] is '+' or '-');
            if (diff[i][0] != ' ' || isNear)
            {
                skipping = false;
                yield return diff[i];
            }
            else if (!skipping)
            {
                skipping = true;
                yield return "  ...";
            }
        }
    }
}
