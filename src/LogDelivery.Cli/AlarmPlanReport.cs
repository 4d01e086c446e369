using LogDelivery.Alarms;
using LogDelivery.Text;

namespace LogDelivery.Cli;

/// <summary>Prints the plan of an alarm, and what became of it.</summary>
internal static class AlarmPlanReport
{
    public static void Write(AlarmPlan plan, Screen output)
    {
        var style = output.Style;
        output.WriteLine($"{style.Heading(plan.AlarmName)} in {plan.Region}");
        output.WriteLine($"  Pattern: {plan.FilterPattern}");
        foreach (var trial in plan.Trials)
        {
            var what = $"{(trial.Expected ? "has to match" : "must not match")}: {trial.Sample}{(trial.MatchesInAws is null ? string.Empty : " (CloudWatch Logs was asked, too)")}";
            output.WriteLine($"  {(trial.IsRight ? style.Good("right") : style.Bad("wrong"))} {what}");
        }

        foreach (var step in plan.Steps)
        {
            output.WriteLine(step.IsChange ? style.Diff(VisibleText.Of($"+ {step}")) : $"  {step}");
        }

        if (plan.Cost is { } cost)
        {
            output.WriteLine($"  Cost: {cost}");
        }

        foreach (var note in plan.Notes)
        {
            output.WriteLine(style.Dim($"  {note}"));
        }

        foreach (var finding in plan.Findings)
        {
            output.WriteLine($"  {style.Severity(finding.SeverityValue)} {finding}");
            output.WriteLine($"    {style.Dim("Remedy:")} {finding.Remedy}");
        }
    }

    public static ShownText ToJson(AlarmPlan plan, AlarmOutcome? outcome) => JsonLine.From(new
    {
        plan.AlarmName,
        plan.Preset,
        plan.LogGroupName,
        plan.BucketName,
        plan.FilterPattern,
        plan.MetricNamespace,
        plan.MetricName,
        plan.Region,
        plan.TopicArn,
        plan.HasChanges,
        Applied = outcome is not null,
        Succeeded = outcome?.Succeeded,
        Error = outcome?.Error?.Message,
        Steps = outcome?.Steps ?? plan.Steps,
        plan.Trials,
        plan.Obstacles,
        plan.Findings,
        plan.Notes,
        plan.Cost,
    });
}
