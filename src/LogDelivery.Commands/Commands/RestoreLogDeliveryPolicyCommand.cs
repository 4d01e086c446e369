using System.Management.Automation;
using LogDelivery.Gateways;
using LogDelivery.Repair;
using LogDelivery.Requests;
using LogDelivery.Text;

namespace LogDelivery.Commands;

/// <summary><c>Restore-LogDeliveryPolicy</c>: puts a policy back as it was before a repair.</summary>
[Cmdlet(VerbsData.Restore, "LogDeliveryPolicy", DefaultParameterSetName = ByBackup, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(PolicyRepairRecord))]
public sealed class RestoreLogDeliveryPolicyCommand : AwsCommand
{
    private const string ById = "Id";
    private const string ByBackup = "Backup";

    /// <summary>The ids of the backups.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ById)]
    [ValidateNotNullOrEmpty]
    public string[] Id { get; set; } = [];

    /// <summary>The files of the backups, by their exact names.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ParameterSets.LiteralPath)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>The backups. Not mandatory, since the binder would then not look for the path of a file that is piped in.</summary>
    [Parameter(ValueFromPipeline = true, ParameterSetName = ByBackup)]
    [BackupOnly]
    [ValidateNotNull]
    public PolicyBackup[] Backup { get; set; } = [];

    /// <summary>The Region to call.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RegionCompleter))]
    public string? Region { get; set; }

    /// <summary>The account that the bucket must belong to.</summary>
    [Parameter]
    [ValidatePattern("^[0-9]{12}$")]
    public string? ExpectedBucketOwner { get; set; }

    /// <summary>Where backups are, and where what is written over is kept.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? BackupFolder { get; set; }

    /// <summary>The file that the run adds its records to.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? JournalPath { get; set; }

    /// <summary>Whether a document is written over that is neither the repaired one nor the backup.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Whether a document is put back that lets in what the present one refuses.</summary>
    [Parameter]
    public SwitchParameter AllowWiderAccess { get; set; }

    /// <summary>Whether a backup is put back that the journal does not vouch for.</summary>
    [Parameter]
    public SwitchParameter AcceptUnvouched { get; set; }

    /// <summary>Whether to give records of what was done.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var folder = LiveFiles.Backups(this, BackupFolder);
        switch (ParameterSetName)
        {
            case ParameterSets.LiteralPath:
                Array.ForEach(LiteralPath, p => Restore(p, () => PolicyBackupFolder.Read(SessionState.Path.GetUnresolvedProviderPathFromPSPath(p)), folder));
                break;
            case ByBackup when Backup.Length == 0:
                Report("BackupNotFound", ErrorCategory.InvalidArgument, null, "No backup is given.", "Give Id, LiteralPath or Backup; Get-LogDeliveryPolicyBackup lists the backups.");
                break;
            case ByBackup:
                Array.ForEach(Backup, b => Restore(b, () => b, folder));
                break;
            default:
                Array.ForEach(Id, i => Restore(i, () => folder.Find(i), folder));
                break;
        }
    }

    private void Restore(object named, Func<PolicyBackup> find, PolicyBackupFolder folder)
    {
        try
        {
            var backup = PolicyBackupFolder.Check(find());
            var region = RequestRegion.Of(OrNull(Region) ?? backup.Region, backup.Resource);
            var session = Open(OptionsFor(region));
            var restore = new LiveRestore(session, new()
            {
                Backups = folder,
                Journal = IsWhatIf ? null : LiveFiles.Journal(this, JournalPath, folder),
                VouchedBy = JournalPath is null ? null : LiveFiles.Journal(this, JournalPath, folder),
                Force = Force,
                AllowWiderAccess = AllowWiderAccess,
                AcceptUnvouched = AcceptUnvouched,
                ExpectedBucketOwner = ExpectedBucketOwner,
            });
            var plan = Pump.Wait(restore.PlanAsync(backup, Pump.Token));
            var record = Pump.Wait(restore.ApplyAsync(plan, p => Pump.Invoke(() => Ask(p)), Pump.Token));
            WriteVerbose(record.Explanation);
            LiveErrors.Write(this, record);
            if (PassThru)
            {
                WriteObject(record);
            }
        }
        catch (BackupException exception)
        {
            BackupErrors.Write(this, exception, named);
        }
        catch (AwsCallException exception)
        {
            Report(exception, named, null);
        }
    }

    // Asked on the pipeline thread.
    private RepairConsent Ask(LiveRestorePlan plan)
    {
        var description = ShownText.OfAll([$"Put the {plan.Backup.Target.ToString().ToLowerInvariant()} policy of {plan.Backup.Resource} back as it was at {plan.Backup.Time:u}:", .. plan.Diff.Select(ShownText.OfLine), plan.Access.Count == 0 ? "Nobody gains or loses access." : "Who gains and who loses access:", .. plan.Access.Select(ShownText.OfValue)]);
        return LiveConsent.Ask(this, description, $"Write it as {plan.Caller.Arn}?", "Restore the policy");
    }
}
