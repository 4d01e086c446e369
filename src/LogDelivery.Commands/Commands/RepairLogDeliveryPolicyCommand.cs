using System.Management.Automation;
using LogDelivery.Repair;
using LogDelivery.Sources;

namespace LogDelivery.Commands;

/// <summary>
/// <c>Repair-LogDeliveryPolicy</c>: the smallest change that lets the deliveries in and nothing else, with its proof. Where a
/// document is given, that is repaired; where none is, the policies in AWS are.
/// </summary>
[Cmdlet(VerbsDiagnostic.Repair, "LogDeliveryPolicy", DefaultParameterSetName = ParameterSets.Live, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(string), typeof(RepairPlan), typeof(PolicyRepairRecord))]
public sealed class RepairLogDeliveryPolicyCommand : DeliveryPolicyCommand, IAwsParameters, IDisposable
{
    private readonly List<(PolicyItem Item, List<Delivery> Deliveries)> repairs = [];
    private LivePolicyRepair? live;
    private string? outPath;

    /// <summary>Says that the policies in AWS are meant, as is the case whenever no document is given.</summary>
    [Parameter(ParameterSetName = ParameterSets.Live)]
    public SwitchParameter Live { get; set; }

    /// <summary>Whether the policy of the KMS key may be written.</summary>
    [Parameter(ParameterSetName = ParameterSets.Live)]
    public SwitchParameter IncludeKeyPolicy { get; set; }

    /// <summary>Whether the policy of the trail's topic may be written.</summary>
    [Parameter(ParameterSetName = ParameterSets.Live)]
    public SwitchParameter IncludeTopicPolicy { get; set; }

    /// <summary>Whether the policies of the role of the trail's log group may be written.</summary>
    [Parameter(ParameterSetName = ParameterSets.Live)]
    public SwitchParameter IncludeLogGroupRole { get; set; }

    /// <summary>The account that the bucket must belong to.</summary>
    [Parameter(ParameterSetName = ParameterSets.Live)]
    [ValidatePattern("^[0-9]{12}$")]
    public string? ExpectedBucketOwner { get; set; }

    /// <summary>Whether to wait for the next delivery.</summary>
    [Parameter(ParameterSetName = ParameterSets.Live)]
    public SwitchParameter Wait { get; set; }

    /// <summary>How long to wait.</summary>
    [Parameter(ParameterSetName = ParameterSets.Live)]
    [Seconds]
    [ValidateNotNull]
    public TimeSpan WaitTimeout { get; set; } = TimeSpan.FromMinutes(20);

    /// <summary>How long between two looks for the next delivery.</summary>
    [Parameter(ParameterSetName = ParameterSets.Live)]
    [Seconds]
    [ValidateNotNull]
    public TimeSpan PollingInterval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Where backups go.</summary>
    [Parameter(ParameterSetName = ParameterSets.Live)]
    [ValidateNotNullOrEmpty]
    public string? BackupFolder { get; set; }

    /// <summary>The file that the run adds its records to.</summary>
    [Parameter(ParameterSetName = ParameterSets.Live)]
    [ValidateNotNullOrEmpty]
    public string? JournalPath { get; set; }

    /// <summary>Whether to write without asking.</summary>
    [Parameter(ParameterSetName = ParameterSets.Live)]
    public SwitchParameter Force { get; set; }

    /// <summary>The access key.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = ParameterSets.Live)]
    [Alias("AK")]
    public string? AccessKey { get; set; }

    /// <summary>The secret key.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = ParameterSets.Live)]
    [Alias("SK", "SecretAccessKey")]
    public string? SecretKey { get; set; }

    /// <summary>The session token of temporary keys.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = ParameterSets.Live)]
    [Alias("ST")]
    public string? SessionToken { get; set; }

    /// <summary>The profile.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = ParameterSets.Live)]
    [Alias("StoredCredentials", "AWSProfileName")]
    public string? ProfileName { get; set; }

    /// <summary>The credentials file that the profile is in.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = ParameterSets.Live)]
    [Alias("AWSProfilesLocation", "ProfilesLocation")]
    public string? ProfileLocation { get; set; }

    /// <summary>Credentials as an object of any version of the AWS SDK.</summary>
    [Parameter(ParameterSetName = ParameterSets.Live)]
    public object? Credential { get; set; }

    /// <summary>A URL in place of AWS's endpoints.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = ParameterSets.Live)]
    public string? EndpointUrl { get; set; }

    /// <summary>Whether the documents are policies of buckets or of KMS keys.</summary>
    [Parameter(ParameterSetName = ParameterSets.Document)]
    [Parameter(ParameterSetName = ParameterSets.Path)]
    [Parameter(ParameterSetName = ParameterSets.LiteralPath)]
    [ValidateSet(nameof(PolicyTarget.Bucket), nameof(PolicyTarget.Key))]
    public PolicyTarget Target { get; set; }

    /// <summary>Whether Deny statements may be narrowed by exactly these deliveries.</summary>
    [Parameter]
    [Alias("NarrowDenies")]
    public SwitchParameter NarrowDeny { get; set; }

    /// <summary>Whether values of aws:SourceArn that name none of these deliveries are dropped.</summary>
    [Parameter]
    public SwitchParameter RemoveStale { get; set; }

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

    /// <summary>Whether to give the plan in place of the document, or the records of what was done in AWS.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override PolicyTarget DocumentTarget => Target;

    private protected override bool NeedsKey => Target == PolicyTarget.Key;

    /// <summary>Releases the connections.</summary>
    public void Dispose()
    {
        live?.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => live?.Stop();

    private protected override bool HandleWithoutDocument()
    {
        if (ParameterSetName != ParameterSets.Live)
        {
            return false;
        }

        if (ReadLiveRequest() is { } request)
        {
            live ??= new(this);
            live.Add(request);
        }

        return true;
    }

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
        live?.Run();
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

        var plan = PolicyRepair.Plan(item.Document, Target, deliveries, new() { NarrowDenies = NarrowDeny, RemoveStale = RemoveStale });
        Comment(plan);

        if (plan.Obstacles.Count > 0)
        {
            Report("RepairIncomplete", ErrorCategory.InvalidOperation, item.Input.Subject, $"{item.Input} could not be repaired altogether: {string.Join(Environment.NewLine, plan.Obstacles)}", "See each obstacle for its way out; with NarrowDeny, Deny statements may be narrowed.");
        }

        Deliver(item.Input, plan);
        if (PassThru)
        {
            WriteObject(plan);
        }
    }

    /// <summary>Says what the plan leaves undone, and what it takes away.</summary>
    internal void Comment(RepairPlan plan)
    {
        foreach (var refused in plan.Rejected)
        {
            WriteVerbose($"Not done: {refused}");
        }

        foreach (var lost in plan.Certificate.LostExamples)
        {
            WriteWarning($"No longer allowed, as asked for by RemoveStale: {lost}");
        }
    }

    private void Deliver(PolicyInput input, RepairPlan plan)
    {
        var path = InPlace ? input.Path : outPath;
        if (path is null)
        {
            // Text in, text out changes nothing that anybody would have to confirm, but -WhatIf shall show the change.
            if ((!IsWhatIf || ShouldProcess(PlanText.Of(plan, input.ToString()), null, null)) && !PassThru)
            {
                WriteObject(plan.After.Text);
            }
        }
        else if (!plan.HasChanges && path == input.Path)
        {
            WriteVerbose($"{path}: nothing to change.");
        }
        else if (ShouldProcess(PlanText.Of(plan, path), $"{PlanText.Of(plan, path)}{Environment.NewLine}Write {path}?", "Repair the policy"))
        {
            Write(input, plan, path);
        }
    }

    private void Write(PolicyInput input, RepairPlan plan, string path)
    {
        try
        {
            // Between reading and confirming there is time for somebody else's change.
            if (path == input.Path && File.ReadAllText(path) != input.Text)
            {
                Report("PolicyChanged", ErrorCategory.ResourceExists, path, $"{path} has changed since it was read; nothing was written.", "Repair it again.");
                return;
            }

            File.WriteAllText(path, plan.After.Text);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Report("FileNotWritable", ErrorCategory.WriteError, path, $"{path} cannot be written: {exception.Message}", "Check the folder and its permissions.", exception);
        }
    }
}
