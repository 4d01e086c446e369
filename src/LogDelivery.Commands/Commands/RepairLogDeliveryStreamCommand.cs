using System.Management.Automation;
using LogDelivery.Health;
using LogDelivery.Repair;
using LogDelivery.Streams;

namespace LogDelivery.Commands;

/// <summary><c>Repair-LogDeliveryStream</c>: the smallest changes of policies that mend a chain from a log group through Firehose into S3.</summary>
[Cmdlet(VerbsDiagnostic.Repair, "LogDeliveryStream", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(PolicyRepairRecord))]
public sealed class RepairLogDeliveryStreamCommand : AwsCommand
{
    private const string Activity = "Repairing streams";

    /// <summary>The streams, by name or ARN; those that the log group sends to when not given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("StreamName", "DeliveryStreamARN", "DestinationArn")]
    [TextOnly]
    public string[]? DeliveryStreamName { get; set; }

    /// <summary>The log group that sends to the stream; looked for when not given.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    public string? LogGroupName { get; set; }

    /// <summary>The Region.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("RegionToCall")]
    [ArgumentCompleter(typeof(RegionCompleter))]
    public string? Region { get; set; }

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

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var names = OrEmpty(DeliveryStreamName);
        if (names.Count == 0 && OrNull(LogGroupName) is null)
        {
            Report("InvalidRequest", ErrorCategory.InvalidArgument, null, "Neither a stream nor a log group is given.", "Give DeliveryStreamName, LogGroupName, or both.");
            return;
        }

        if (names.Count == 0)
        {
            Repair(null, LogGroupName!);
        }

        // The rows of a test name their stream once per link.
        foreach (var name in names.Where(n => done.Add($"{n} {LogGroupName}")))
        {
            Repair(StreamName.Parse(name), name);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => WriteProgress(new(0, Activity, "Done") { RecordType = ProgressRecordType.Completed });

    private void Repair(StreamName? stream, string target)
    {
        var session = Open(OptionsFor(OrNull(Region) ?? stream?.Region));
        WriteProgress(new(0, Activity, target));
        var backups = LiveFiles.Backups(this, BackupFolder);
        var repair = new StreamRepair(session, new()
        {
            Repair = new() { NarrowDenies = NarrowDeny },
            ExpectedBucketOwner = ExpectedBucketOwner,
            Backups = backups,
            Journal = IsWhatIf ? null : LiveFiles.Journal(this, JournalPath, backups),
        });
        try
        {
            var query = new StreamQuery { Region = session.Region, StreamName = stream?.Name, LogGroupName = OrNull(LogGroupName) };
            foreach (var plan in Pump.Wait(repair.PlanAsync(query, Pump.Token)))
            {
                Apply(repair, plan, target);
            }
        }
        catch (AwsCallException exception)
        {
            Report(exception, target, null);
        }
    }

    private void Apply(StreamRepair repair, StreamRepairPlan plan, string target)
    {
        foreach (var note in plan.Live.Notes)
        {
            WriteWarning(note);
        }

        foreach (var record in Pump.Wait(repair.ApplyAsync(plan, change => Pump.Invoke(() => Ask(plan.Live, change)), Pump.Token)))
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

    // Asked on the pipeline thread. What -WhatIf shows is never forced.
    private RepairConsent Ask(LiveRepairPlan plan, LivePolicyChange change)
    {
        var gained = change.Plan!.NewlyAllowed.Select(c => $"{c.Request.Principal} {c}").Distinct();
        var description = $"{PlanText.Of(change.Plan, change.Resource)}{Environment.NewLine}Gains access: {string.Join(", ", gained)}.";
        if (Force && !IsWhatIf && !MyInvocation.BoundParameters.ContainsKey("Confirm"))
        {
            return RepairConsent.Yes;
        }

        var isConfirmed = ShouldProcess(description, $"{description}{Environment.NewLine}Write {change} as {plan.Caller.Arn}?", "Repair the policy", out var reason);
        return isConfirmed ? RepairConsent.Yes
            : reason == ShouldProcessReason.WhatIf ? RepairConsent.ShowOnly
            : RepairConsent.No;
    }
}
