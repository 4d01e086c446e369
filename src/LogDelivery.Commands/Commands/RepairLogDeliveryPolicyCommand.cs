using System.Management.Automation;
using LogDelivery.Files;
using LogDelivery.Repair;
using LogDelivery.Sources;
using LogDelivery.Text;

namespace LogDelivery.Commands;

/// <summary>
/// <c>Repair-LogDeliveryPolicy</c>: the smallest change that lets the deliveries in and nothing else, with its proof. Where a
/// document is given, that is repaired; where none is, the policies in AWS are.
/// </summary>
[Cmdlet(VerbsDiagnostic.Repair, "LogDeliveryPolicy", DefaultParameterSetName = ParameterSets.Live, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(string), typeof(RepairPlan), typeof(PolicyRepairRecord))]
public sealed class RepairLogDeliveryPolicyCommand : LiveDeliveryCommand
{
    private readonly List<(PolicyItem Item, List<Delivery> Deliveries)> repairs = [];
    private string? outPath;

    /// <summary>Whether the documents are policies of buckets or of KMS keys.</summary>
    [Parameter(ParameterSetName = ParameterSets.Document)]
    [Parameter(ParameterSetName = ParameterSets.Path)]
    [Parameter(ParameterSetName = ParameterSets.LiteralPath)]
    [ValidateSet(nameof(PolicyTarget.Bucket), nameof(PolicyTarget.Key))]
    public PolicyTarget Target { get; set; }

    /// <summary>The file to write the repaired document to.</summary>
    [Parameter(ParameterSetName = ParameterSets.Document)]
    [Parameter(ParameterSetName = ParameterSets.Path)]
    [Parameter(ParameterSetName = ParameterSets.LiteralPath)]
    [ValidateNotNullOrEmpty]
    public string? OutFile { get; set; }

    /// <summary>Whether the repaired documents replace the files that they were read from.</summary>
    [Parameter(ParameterSetName = ParameterSets.Path)]
    [Parameter(ParameterSetName = ParameterSets.LiteralPath)]
    public SwitchParameter InPlace { get; set; }

    private protected override PolicyTarget DocumentTarget => Target;

    private protected override bool NeedsKey => Target == PolicyTarget.Key;

    private protected override void Prepare(PolicyReader reader)
    {
        if (OutFile is null)
        {
            return;
        }

        if (InPlace)
        {
            var both = new PSArgumentException("OutFile and InPlace exclude each other: the document is written to one place.", nameof(OutFile));
            ThrowTerminatingError(new ErrorRecord(both, "OutFileAndInPlace", ErrorCategory.InvalidArgument, OutFile));
        }

        outPath = GetUnresolvedProviderPathFromPSPath(OutFile);
    }

    // Several trails may deliver to the bucket of one document, so nothing is planned before all of them are known.
    private protected override void Handle(PolicyItem item, IReadOnlyList<Delivery> deliveries)
    {
        var known = repairs.Find(r => r.Item.Input.Path == item.Input.Path && r.Item.Input.Text == item.Input.Text);
        if (known.Deliveries is null)
        {
            repairs.Add((item, [.. deliveries]));
        }
        else
        {
            // Rows of a test name their delivery once per call; only the time at which each was read differs.
            known.Deliveries.AddRange(deliveries.Where(d => !known.Deliveries.Exists(k => k with { Time = d.Time } == d)));
        }
    }

    private protected override void Finish()
    {
        RunLive();
        if (outPath is not null && repairs.Count > 1)
        {
            Report("SeveralDocuments", ErrorCategory.InvalidArgument, OutFile, $"OutFile takes one document, and {repairs.Count} were given.", "Repair them one by one, or files in place with InPlace.");
            return;
        }

        foreach (var (item, deliveries) in repairs)
        {
            if (Stopping)
            {
                return;
            }

            Repair(item, deliveries);
        }
    }

    private void Repair(PolicyItem item, List<Delivery> deliveries)
    {
        if (Target == PolicyTarget.Bucket && deliveries.Select(d => d.BucketName).Distinct().Count() > 1)
        {
            Report("InvalidDelivery", ErrorCategory.InvalidArgument, item.Input.Subject, $"{item.Input} is the policy of one bucket, but the deliveries go to {string.Join(", ", deliveries.Select(d => d.BucketName).Distinct())}.", "Repair each bucket's policy by its own deliveries.");
            return;
        }

        var plan = Compute(stop => PolicyRepair.Plan(item.Document, Target, deliveries, new() { NarrowDenies = NarrowDeny, RemoveStale = RemoveStale }, stop));
        Comment(plan);

        if (plan.Obstacles.Count > 0)
        {
            Report("RepairIncomplete", ErrorCategory.InvalidOperation, item.Input.Subject, ShownText.OfAll([$"{item.Input} could not be repaired altogether:", .. plan.Obstacles.Select(o => (ShownText)o.ToString())]), "See each obstacle for its way out; with NarrowDeny, Deny statements may be narrowed.");
        }

        Deliver(item.Input, plan);
        if (PassThru)
        {
            WriteObject(plan);
        }
    }

    private void Deliver(PolicyInput input, RepairPlan plan)
    {
        var path = InPlace ? input.Path : outPath;
        if (path is null)
        {
            // Text in, text out changes nothing that anybody would have to confirm, but -WhatIf shall show the change.
            if ((!IsWhatIf || ShouldProcess(PlanText.Of(plan, input.ToString()), default(ShownText), default(ShownText))) && !PassThru)
            {
                WriteObject(plan.After.Text);
            }
        }
        else if (!plan.HasChanges && path == input.Path)
        {
            WriteVerbose($"{path}: nothing to change.");
        }
        else if (ShouldProcess(PlanText.Of(plan, path), ShownText.OfAll(PlanText.Of(plan, path), $"Write {path}?"), "Repair the policy"))
        {
            Write(input, plan, path);
        }
    }

    private void Write(PolicyInput input, RepairPlan plan, string path)
    {
        try
        {
            // Between reading and confirming there is time for somebody else's change.
            if (path == input.Path && BoundedFile.ReadText(path, FileLimit.Policy) != input.Text)
            {
                Report("PolicyChanged", ErrorCategory.ResourceExists, path, $"{path} has changed since it was read; nothing was written.", "Repair it again.");
                return;
            }

            File.WriteAllText(path, plan.After.Text);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FileRefusedException)
        {
            Report("FileNotWritable", ErrorCategory.WriteError, path, $"{path} cannot be written: {exception.Message}", "Check the folder and its permissions.", exception);
        }
    }
}
