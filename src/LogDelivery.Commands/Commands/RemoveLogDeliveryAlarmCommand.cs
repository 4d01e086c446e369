using System.Management.Automation;
using LogDelivery.Alarms;
using LogDelivery.Aws;
using LogDelivery.Text;

namespace LogDelivery.Commands;

/// <summary><c>Remove-LogDeliveryAlarm</c>: removes exactly what <c>New-LogDeliveryAlarm</c> made.</summary>
[Cmdlet(VerbsCommon.Remove, "LogDeliveryAlarm", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
public sealed class RemoveLogDeliveryAlarmCommand : AlarmCommand
{
    /// <summary>The names.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("AlarmName")]
    [TextOnly]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var name in Name)
        {
            InAws(name, session => Remove(name, session));
        }
    }

    private void Remove(string name, AwsSession session)
    {
        var plan = Pump.Wait(AlarmRemoval.PlanAsync(name, session, Pump.Token));
        var text = AlarmPlanText.Of(plan, session.Region);
        if (!IsClear(plan.Obstacles, name) || !ShouldProcess(text, ShownText.OfAll(text, "Carry this out?"), "Remove the alarm"))
        {
            return;
        }

        var outcome = Pump.Wait(AlarmRemoval.ApplyAsync(plan, session, step => Pump.Post(() => WriteVerbose(step.ToString())), Pump.Token));
        if (IsDone(outcome, name))
        {
            foreach (var kept in plan.Steps.Where(s => s is { Action: AlarmAction.Keep, Part: AlarmPart.DataEvents }))
            {
                WriteWarning(kept.ToString());
            }
        }
    }
}
