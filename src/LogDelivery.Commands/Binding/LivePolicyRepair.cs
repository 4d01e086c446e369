using System.Diagnostics;
using System.Management.Automation;
using LogDelivery.Aws;
using LogDelivery.Gateways;
using LogDelivery.Policies;
using LogDelivery.Repair;
using LogDelivery.Sources;

namespace LogDelivery.Commands;

/// <summary>
/// The part of <c>Repair-LogDeliveryPolicy</c> that asks AWS. It is made when it is first needed, so that a repair of a file
/// loads nothing of the SDK.
/// </summary>
internal sealed class LivePolicyRepair : IDisposable
{
    private readonly RepairLogDeliveryPolicyCommand command;
    private readonly AwsConnection aws;
    private readonly Dictionary<(AwsOptions Options, string Bucket), List<LiveRepairRequest>> wanted = [];

    public LivePolicyRepair(RepairLogDeliveryPolicyCommand command)
    {
        this.command = command;
        aws = new(command, command);
    }

    /// <summary>Keeps what one object of the pipeline asks for: several trails may deliver to one bucket.</summary>
    public void Add(LiveRepairRequest request)
    {
        var region = request.Region ?? request.SourceArns.Select(a => Arn.TryParse(a, out var arn) ? LogDeliveryCommand.OrNull(arn.Region) : null).FirstOrDefault(r => r is not null);
        var key = (aws.OptionsFor(region), request.BucketName);
        if (!wanted.TryGetValue(key, out var requests))
        {
            wanted[key] = requests = [];
        }

        requests.Add(request);
    }

    public void Run()
    {
        var elapsed = Stopwatch.StartNew();
        var count = 0;
        foreach (var ((options, bucket), requests) in wanted)
        {
            if (elapsed.Elapsed >= TimeSpan.FromSeconds(1))
            {
                command.WriteProgress(new(0, "Repairing policies", $"{count} of {wanted.Count}: {bucket}") { PercentComplete = 100 * count / wanted.Count });
            }

            Repair(aws.Open(options), bucket, requests);
            count++;
        }

        command.WriteProgress(new(0, "Repairing policies", "Done") { RecordType = ProgressRecordType.Completed });
    }

    public void Stop() => aws.Pump.Stop();

    public void Dispose() => aws.Dispose();

    private void Repair(AwsSession session, string bucket, List<LiveRepairRequest> requests)
    {
        try
        {
            var repair = new LiveRepair(session, session.Region, Options());
            var plan = aws.Pump.Wait(repair.PlanAsync(requests, aws.Pump.Token));
            Comment(plan);
            foreach (var record in aws.Pump.Wait(repair.ApplyAsync(plan, change => aws.Pump.Invoke(() => Ask(plan, change)), aws.Pump.Token)))
            {
                Report(record);
            }
        }
        catch (InvalidDeliveryException exception)
        {
            command.Report("InvalidDelivery", ErrorCategory.InvalidArgument, bucket, exception.Message, "Give what the message asks for; Get-LogDeliverySource shows what each source needs.", exception);
        }
        catch (AwsCallException exception)
        {
            aws.Report(exception, bucket, null);
        }
    }

    private LiveRepairOptions Options()
    {
        var backups = LiveFiles.Backups(command, command.BackupFolder);
        return new()
        {
            Repair = new() { NarrowDenies = command.NarrowDeny, RemoveStale = command.RemoveStale },
            ExpectedBucketOwner = command.ExpectedBucketOwner,
            IncludeKeyPolicy = command.IncludeKeyPolicy,
            IncludeTopicPolicy = command.IncludeTopicPolicy,
            IncludeLogGroupRole = command.IncludeLogGroupRole,
            Backups = backups,
            Journal = command.IsWhatIf ? null : LiveFiles.Journal(command, command.JournalPath, backups),
            WaitTimeout = command.Wait ? command.WaitTimeout : null,
            HistoryTimeout = command.Wait ? command.WaitTimeout : null,
            PollingInterval = command.PollingInterval,
        };
    }

    private void Comment(LiveRepairPlan plan)
    {
        foreach (var note in plan.Notes)
        {
            command.WriteWarning(note);
        }

        if (plan.MissingPermissions.Count > 0)
        {
            command.WriteWarning($"{plan.BucketName}: not everything could be looked at; missing: {string.Join(", ", plan.MissingPermissions)}.");
        }

        foreach (var change in plan.Changes)
        {
            if (change.Plan is { } planned)
            {
                command.Comment(planned);
            }
        }
    }

    // Asked on the pipeline thread. What -WhatIf shows is never forced.
    private RepairConsent Ask(LiveRepairPlan plan, LivePolicyChange change)
    {
        var gained = change.Plan!.NewlyAllowed.Select(c => $"{c.Request.Principal} {c}").Distinct();
        var description = $"{PlanText.Of(change.Plan, change.Resource)}{Environment.NewLine}Gains access: {string.Join(", ", gained)}.";
        if (command.Force && !command.IsWhatIf && !command.MyInvocation.BoundParameters.ContainsKey("Confirm"))
        {
            return RepairConsent.Yes;
        }

        var isConfirmed = command.ShouldProcess(description, $"{description}{Environment.NewLine}Write {change} as {plan.Caller.Arn}?", "Repair the policy", out var reason);
        return isConfirmed ? RepairConsent.Yes
            : reason == ShouldProcessReason.WhatIf ? RepairConsent.ShowOnly
            : RepairConsent.No;
    }

    private void Report(PolicyRepairRecord record)
    {
        command.WriteVerbose(record.Explanation);
        if (record.MetAnotherWriter)
        {
            command.WriteWarning($"{record.Resource}: somebody else wrote the policy at the same moment. {record.Explanation}");
        }

        LiveErrors.Write(command, record);
        if (command.PassThru)
        {
            command.WriteObject(record);
        }
    }
}
