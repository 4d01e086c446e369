using System.Management.Automation;
using LogDelivery.Aws;
using LogDelivery.Streams;

namespace LogDelivery.Commands;

/// <summary><c>Repair-LogDeliveryStream</c>: the smallest changes of policies that mend a chain from a log group through Firehose into S3.</summary>
[Cmdlet(VerbsDiagnostic.Repair, "LogDeliveryStream", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(PolicyRepairRecord))]
public sealed class RepairLogDeliveryStreamCommand : StreamCommand
{
    /// <summary>Whether Deny statements of bucket and key may be narrowed by exactly this stream's role.</summary>
    [Parameter]
    public SwitchParameter NarrowDeny { get; set; }

    /// <summary>The account that the bucket must belong to.</summary>
    [Parameter]
    [ValidatePattern("^[0-9]{12}$")]
    public string? ExpectedBucketOwner { get; set; }

    /// <summary>Where backups go.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? BackupFolder { get; set; }

    /// <summary>The file that the run adds its records to.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? JournalPath { get; set; }

    /// <summary>Whether to write without asking.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Whether to give the records of what was done.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private readonly HashSet<string> done = new(StringComparer.Ordinal);

    private protected override string Activity => "Repairing streams";

    // The rows of a test name their stream once per link.
    private protected override bool IsNew(string name) => done.Add($"{name} {LogGroupName}");

    private protected override void Handle(AwsSession session, StreamQuery query, string target)
    {
        var backups = LiveFiles.Backups(this, BackupFolder);
        var repair = new StreamRepair(session, new()
        {
            Repair = new() { NarrowDenies = NarrowDeny },
            ExpectedBucketOwner = ExpectedBucketOwner,
            Backups = backups,
            Journal = IsWhatIf ? null : LiveFiles.Journal(this, JournalPath, backups),
        });
        foreach (var plan in Pump.Wait(repair.PlanAsync(query, Pump.Token)))
        {
            Apply(repair, plan, target);
        }
    }

    private void Apply(StreamRepair repair, StreamRepairPlan plan, string target)
    {
        foreach (var note in plan.Live.Notes)
        {
            WriteWarning(note);
        }

        foreach (var record in Pump.Wait(repair.ApplyAsync(plan, change => Pump.Invoke(() => LiveConsent.Ask(this, plan.Live, change, Force)), Pump.Token)))
        {
            WriteVerbose(record.Explanation);
            LiveErrors.Write(this, record);
            if (PassThru)
            {
                WriteObject(record);
            }
        }

        foreach (var row in plan.Left)
        {
            Report("RepairIncomplete", ErrorCategory.InvalidOperation, target, $"{row.Link} of {row.DeliveryStreamName} is broken, and no policy mends it: {row.Reason}", row.Remedy ?? "See Test-LogDeliveryStream.");
        }
    }
}
