using System.Management.Automation;
using LogDelivery.Gateways;
using LogDelivery.Repair;
using LogDelivery.Sources;
using LogDelivery.Text;

namespace LogDelivery.Commands;

/// <summary>What the outcome of a live repair is as an error, a warning, or nothing.</summary>
internal static class LiveErrors
{
    private const string Again = "Run it again: what is done already is left alone.";

    public static void Write(LogDeliveryCommand command, PolicyRepairRecord record)
    {
        var details = ShownText.OfAll([record.Explanation, .. record.Obstacles.Select(o => (ShownText)o.ToString())]);
        void Report(string id, ErrorCategory category, string action) => command.Report(id, category, record.Resource, details, action, record.Cause);
        switch (record.OutcomeValue)
        {
            case PolicyRepairOutcome.NotAskedFor when record.TargetValue is not (PolicyTarget.Bucket or PolicyTarget.Key):
                command.WriteWarning(details);
                break;
            case PolicyRepairOutcome.Blocked or PolicyRepairOutcome.PartlyRepaired or PolicyRepairOutcome.NotAskedFor:
                Report("RepairIncomplete", ErrorCategory.InvalidOperation, "See each obstacle for its way out.");
                break;
            case PolicyRepairOutcome.PolicyChanged:
                Report("PolicyChanged", ErrorCategory.ResourceExists, Again);
                break;
            case PolicyRepairOutcome.Overwritten:
                Report("PolicyOverwritten", ErrorCategory.ResourceExists, Again);
                break;
            case PolicyRepairOutcome.Unconfirmed:
                Report("WriteUnconfirmed", ErrorCategory.OperationTimeout, Again);
                break;
            case PolicyRepairOutcome.Failed when record.Cause is AwsCallException error:
                Report(AwsFailure.IdOf(error), AwsFailure.CategoryOf(error), AwsFailure.ActionOf(error));
                break;
            case PolicyRepairOutcome.Failed:
                Report("BackupFailed", ErrorCategory.WriteError, "Give a folder that can be written to (BackupFolder, JournalPath).");
                break;
            default:
                if (record.IsLetIn is null && record.OutcomeValue is PolicyRepairOutcome.Repaired or PolicyRepairOutcome.NothingToDo && record.VerdictsAfter.Length > 0)
                {
                    command.WriteWarning(ShownText.Of($"{record.Resource}: {details} Whether everything is let in cannot be told: {string.Join(' ', record.VerdictsAfter.Where(r => r is { IsOptional: false, VerdictValue: Policies.Verdict.Unknown }).Select(r => r.Reason).Distinct())}"));
                }

                break;
        }

        if (record.HasDelivered == false)
        {
            Report("NotRecovered", ErrorCategory.OperationTimeout, "Wait longer with -WaitTimeout: sources deliver within minutes to hours, and some only when something happens.");
        }

        if (record is { Error: { } problem, Cause: BackupException } && record.OutcomeValue is not PolicyRepairOutcome.Failed)
        {
            command.WriteWarning(problem);
        }
    }
}
