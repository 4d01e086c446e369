using LogDelivery.Diagnosis;
using LogDelivery.Gateways;
using LogDelivery.Policies;
using LogDelivery.Sources;

namespace LogDelivery.Repair;

/// <summary>
/// Applies the planned change of one document: backup, journal, guarded write, test of the document after the write. Each
/// step completes before the next begins.
/// </summary>
internal sealed class LiveWriter(LiveRepairPlan plan, LiveRepairOptions options, TimeProvider clock)
{
    private const int MaxMerges = 5;

    /// <summary>Applies one change.</summary>
    /// <param name="change">The change.</param>
    /// <param name="consent">Asked before anything is kept or written.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    public async Task<PolicyRepairRecord> ApplyAsync(LivePolicyChange change, Func<LivePolicyChange, RepairConsent> consent, CancellationToken cancellationToken)
    {
        var record = Begin(change);
        if (change.Plan is null)
        {
            var error = change.Unreadable;
            return Finish(record with
            {
                OutcomeValue = change.IsAskedFor ? PolicyRepairOutcome.Failed : PolicyRepairOutcome.NotAskedFor,
                Explanation = $"{Capitalized(change)} cannot be read, so it is unknown whether it allows the deliveries: {error?.Message}{(change.Target == PolicyTarget.Bucket ? $" A bucket of another account than {plan.ExpectedOwner} is refused in the same way." : string.Empty)}",
                Error = error?.Message,
                Cause = error,
                IsLetIn = null,
            });
        }

        if (!change.CanWrite)
        {
            return Finish(AsItIs(record, change));
        }

        if (!change.IsAskedFor)
        {
            return Finish(record with
            {
                OutcomeValue = PolicyRepairOutcome.NotAskedFor,
                Explanation = $"{Capitalized(change)} needs a change, but writing it was not requested.",
                Obstacles = [.. record.Obstacles, $"{Capitalized(change)} needs a change. Request it with {SwitchOf(change.Target)}."],
                IsLetIn = IsLetIn(change, change.BeforeText, record),
            });
        }

        switch (consent(change))
        {
            case RepairConsent.ShowOnly:
                return record with { OutcomeValue = PolicyRepairOutcome.Planned, Explanation = $"{Capitalized(change)} would be changed; nothing was written." };
            case RepairConsent.No:
                return Finish(record with { OutcomeValue = PolicyRepairOutcome.Declined, Explanation = $"The change of {change} was not confirmed; nothing was written.", IsLetIn = IsLetIn(change, change.BeforeText, record) });
        }

        try
        {
            return Finish(await WriteAsync(change, record, cancellationToken).ConfigureAwait(false));
        }
        catch (BackupException exception)
        {
            return Finish(record with { OutcomeValue = PolicyRepairOutcome.Failed, Explanation = $"Nothing was written: {exception.Message}", Error = exception.Message, Cause = exception, IsLetIn = null });
        }
    }

    internal static string SwitchOf(PolicyTarget target) => target switch
    {
        PolicyTarget.Key => "-IncludeKeyPolicy, --include-key-policy",
        PolicyTarget.Topic => "-IncludeTopicPolicy, --include-topic-policy",
        _ => "-IncludeLogGroupRole, --include-log-group-role",
    };

    private static string Capitalized(LivePolicyChange change)
    {
        var text = change.ToString();
        return char.ToUpperInvariant(text[0]) + text[1..];
    }

    private async Task<PolicyRepairRecord> WriteAsync(LivePolicyChange change, PolicyRepairRecord record, CancellationToken cancellationToken)
    {
        using var held = await options.Backups.HoldAsync($"{change.Resource} {change.Store.PolicyName}", cancellationToken).ConfigureAwait(false);
        if (await ReadAsNeededAsync(change, record, cancellationToken).ConfigureAwait(false) is { } right)
        {
            return right;
        }

        var backup = Keep(change, "Repair", change.BeforeText, change.AfterText);
        record = record with { BackupId = backup.Id, Kept = [backup] };
        options.Journal?.Add(record with { Time = Now, OutcomeValue = PolicyRepairOutcome.Started, Explanation = $"{Capitalized(change)} is about to be written." });

        var write = new GuardedWrite(change.Store, options.Care, clock);
        var written = change.AfterText;
        var result = await write.ReplaceAsync(change.BeforeText, written, cancellationToken).ConfigureAwait(false);
        var planned = change.BeforeText;
        var writes = new List<string?> { written };
        string? rescue = null;
        for (var merge = 0; result.Displaced is { } other || rescue is not null; merge++)
        {
            // Another document was written between the last read and the write: it is written again, with the repair in it.
            rescue = result.Displaced ?? rescue;
            record = record with { MetAnotherWriter = true };
            var present = result.Present;
            var merged = MergeInto(change, planned, rescue!, present, result.End == WriteEnd.Verified);
            if (merged is null || SamePolicy.Is(merged, present))
            {
                break;
            }

            var kept = Keep(change, "Displaced", rescue, merged);
            record = record with { Kept = [.. record.Kept, kept] };
            if (merge == MaxMerges)
            {
                record = record with { Obstacles = [.. record.Obstacles, $"Somebody else wrote the document at the same moment: what they wrote is in the backup {kept.Id}. Compare it with what is there now."] };
                break;
            }

            result = await write.ReplaceAsync(present, merged, CancellationToken.None).ConfigureAwait(false);
            written = merged;
            writes.Add(written);
            rescue = result.End is WriteEnd.Changed or WriteEnd.Overwritten ? rescue : null;
        }

        // Something was written by now; the current document is judged, regardless of its writer.
        result = record.MetAnotherWriter && result.End == WriteEnd.Changed ? result with { End = WriteEnd.Overwritten } : result;
        return Judge(change, record with { Written = writes }, written, result);
    }

    /// <summary>
    /// Looks, under the lock, whether another run has done the work since the plan was made. Two runs that are started at once
    /// would otherwise end with one that says the policy has changed, although all is well.
    /// </summary>
    private static async Task<PolicyRepairRecord?> ReadAsNeededAsync(LivePolicyChange change, PolicyRepairRecord record, CancellationToken cancellationToken)
    {
        try
        {
            var present = await change.Store.ReadAsync(cancellationToken).ConfigureAwait(false);
            if (present.Error is not null || SamePolicy.Is(present.Value, change.BeforeText) || change.PlanFor(present.Value).Plan.HasChanges)
            {
                return null;
            }

            var rows = change.Judge(present.Value);
            var isLetIn = IsLetIn(rows, record.Findings);
            return isLetIn == false ? null : record with
            {
                OutcomeValue = PolicyRepairOutcome.NothingToDo,
                Explanation = $"{Capitalized(change)} has been changed since it was read, and needs no change any more.",
                AfterSha256 = SamePolicy.HashOf(present.Value),
                PresentSha256 = SamePolicy.HashOf(present.Value),
                VerdictsAfter = [.. rows.Select(PolicyTestRow.From)],
                IsLetIn = isLetIn,
            };
        }
        catch (Exception exception) when (exception is AwsCallException or PolicyFormatException)
        {
            // The guarded write reads again, and tells what is wrong.
            return null;
        }
    }

    /// <summary>Searches the event history for a concurrent write of the bucket's policy, and keeps the document that it wrote.</summary>
    public async Task<PolicyRepairRecord> CheckHistoryAsync(IAwsGateways aws, LivePolicyChange change, PolicyRepairRecord record, TimeSpan timeout, CancellationToken cancellationToken)
    {
        try
        {
            var present = await change.Store.ReadAsync(cancellationToken).ConfigureAwait(false);
            var (isComplete, lost) = await new WriteHistory(aws.Trails, clock)
                .FindAsync(plan.BucketRegion!, plan.BucketName, change.BeforeText, record.Written, present.Value, timeout, options.PollingInterval, cancellationToken).ConfigureAwait(false);
            if (lost.Count == 0)
            {
                return isComplete ? record : record with { Explanation = $"{record.Explanation} CloudTrail's event history does not show this write yet, so that somebody else's at the same moment cannot be excluded." };
            }

            var kept = lost.Select(l => (Write: l, Backup: Keep(change, "Displaced", l.Policy, record.Written[^1]))).ToArray();
            var obstacles = kept.Select(k => $"CloudTrail's event history shows that {k.Write.CallerArn} wrote the policy at the same moment ({k.Write.Time:u}), and something of it is missing now: what they wrote is in the backup {k.Backup.Id}. Compare it with what is there.");
            return record with { OutcomeValue = PolicyRepairOutcome.PartlyRepaired, MetAnotherWriter = true, Obstacles = [.. record.Obstacles, .. obstacles], Kept = [.. record.Kept, .. kept.Select(k => k.Backup)] };
        }
        catch (AwsCallException exception)
        {
            return record with { Explanation = $"{record.Explanation} Whether somebody else wrote at the same moment could not be looked up: {exception.Message}" };
        }
        catch (BackupException exception)
        {
            return record with { Error = exception.Message, Cause = exception };
        }
    }

    /// <summary>
    /// Builds the document that has both the concurrent change of another writer and the repair. When our document is the
    /// current one, the displaced document is the base; when others have written since, the displaced statements are added
    /// to theirs. The repair is left out when it cannot be proven on the result.
    /// </summary>
    private static string? MergeInto(LivePolicyChange change, string? earlier, string other, string? present, bool isOurs)
    {
        try
        {
            var merged = isOurs ? other : StatementRescue.Rescue(earlier, other, present, PolicyRepair.KindOf(change.Target));
            if (merged is null)
            {
                return null;
            }

            var planned = change.PlanFor(merged);
            return planned.Plan is { HasChanges: true, Certificate.IsValid: true, IsTooLarge: false } ? planned.Text : merged;
        }
        catch (PolicyFormatException)
        {
            return isOurs ? other : null;
        }
    }

    private static PolicyRepairRecord Judge(LivePolicyChange change, PolicyRepairRecord record, string? written, WriteResult result)
    {
        record = record with { AfterSha256 = SamePolicy.HashOf(written), Error = result.Error?.Message, Cause = result.Error };
        switch (result.End)
        {
            case WriteEnd.NotWritten:
                return record with
                {
                    OutcomeValue = PolicyRepairOutcome.Failed,
                    Explanation = $"{Capitalized(change)} was not written and is as it was: {result.Error?.Message} It is safe to run this again.",
                    IsLetIn = null,
                };
            case WriteEnd.Unconfirmed:
                return record with
                {
                    OutcomeValue = PolicyRepairOutcome.Unconfirmed,
                    PresentSha256 = SamePolicy.HashOf(result.Present),
                    Explanation = $"AWS gave no clear answer to the write of {change}: it is the old document or the new one, and both are in the backup {record.BackupId}. {result.Error?.Message ?? "The new one does not show yet."} It is safe to run this again.",
                    IsLetIn = null,
                };
            case WriteEnd.Changed:
                return record with
                {
                    OutcomeValue = PolicyRepairOutcome.PolicyChanged,
                    PresentSha256 = SamePolicy.HashOf(result.Present),
                    Explanation = $"{Capitalized(change)} has changed since it was read; nothing was written over it. Run this again to plan on what is there now.",
                    IsLetIn = null,
                };
        }

        var rows = change.Judge(result.Present);
        var isLetIn = IsLetIn(rows, record.Findings);
        record = record with
        {
            PresentSha256 = SamePolicy.HashOf(result.Present),
            VerdictsAfter = [.. rows.Select(PolicyTestRow.From)],
            IsLetIn = isLetIn,
        };
        var met = record.MetAnotherWriter ? " Somebody else wrote it at the same moment: theirs was kept, and put back with the repair in it." : string.Empty;
        if (result.End == WriteEnd.Overwritten)
        {
            return isLetIn == false
                ? record with { OutcomeValue = PolicyRepairOutcome.Overwritten, Explanation = $"{Capitalized(change)} was written, and then somebody else wrote another over it, without the repair.{met} Run this again." }
                : record with { OutcomeValue = PolicyRepairOutcome.Repaired, Explanation = $"{Capitalized(change)} was repaired. Somebody else has changed it since; what the deliveries need is still allowed.{met}" };
        }

        return record.Obstacles.Length > 0 || isLetIn == false
            ? record with { OutcomeValue = PolicyRepairOutcome.PartlyRepaired, Explanation = $"{Capitalized(change)} was written and read back, but deliveries are still refused; see the obstacles.{met}" }
            : record with { OutcomeValue = PolicyRepairOutcome.Repaired, Explanation = $"{Capitalized(change)} was written, read back and tested.{met}" };
    }

    private static PolicyRepairRecord AsItIs(PolicyRepairRecord record, LivePolicyChange change)
    {
        var isLetIn = IsLetIn(change, change.BeforeText, record);
        var isBlocked = change.Plan!.HasChanges || isLetIn == false;
        return record with
        {
            OutcomeValue = isBlocked ? PolicyRepairOutcome.Blocked : PolicyRepairOutcome.NothingToDo,
            Explanation = isBlocked ? $"{Capitalized(change)} is left as it is; see the obstacles."
                : record.Obstacles.Length > 0 ? $"{Capitalized(change)} is left unchanged: whether it allows the deliveries depends on something unknown."
                : $"{Capitalized(change)} needs no change.",
            AfterSha256 = record.BeforeSha256,
            PresentSha256 = record.BeforeSha256,
            VerdictsAfter = record.VerdictsBefore,
            IsLetIn = isBlocked && isLetIn == true ? false : isLetIn,
        };
    }

    private PolicyRepairRecord Begin(LivePolicyChange change)
    {
        var findings = change.Target == PolicyTarget.Bucket ? plan.Findings : [];
        findings = change.Veto is { } veto ? [.. findings, veto] : findings;
        var before = change.Plan is null ? [] : change.Judge(change.BeforeText);
        var after = change.Plan is { HasChanges: true } ? change.Judge(change.AfterText) : before;
        var leftOut = change.Target == PolicyTarget.Bucket ? plan.LeftOut : [];
        return new()
        {
            RunId = plan.RunId,
            Time = Now,
            BucketName = plan.BucketName,
            AccountId = plan.ExpectedOwner,
            TargetValue = change.Target,
            Resource = change.Resource,
            PolicyName = change.Store.PolicyName,
            Caller = plan.Caller.Arn,
            Deliveries = [.. plan.Deliveries.Select(d => d.ToString())],
            Edits = [.. change.Plan?.Edits ?? []],
            Diff = [.. change.Plan?.Diff ?? []],
            NewlyAllowed = [.. (change.Plan?.NewlyAllowed ?? []).Select(c => $"{c.Request.Principal} {c}: {c.Request.Resource}").Distinct()],
            Certificate = change.Plan?.Certificate,
            Obstacles =
            [
                .. findings.Select(f => $"{f.Id} {f.Evidence} {f.Remedy}"),
                .. leftOut.Select(d => $"{d} is left out: allowing it does not help until that is fixed."),
                .. change.Plan?.Obstacles ?? [],
            ],
            Findings = [.. findings],
            MissingPermissions = [.. plan.MissingPermissions],
            BeforeSha256 = SamePolicy.HashOf(change.BeforeText),
            AfterSha256 = SamePolicy.HashOf(change.AfterText),
            VerdictsBefore = [.. before.Select(PolicyTestRow.From)],
            VerdictsAfter = [.. after.Select(PolicyTestRow.From)],
            IsLetIn = change.Plan is null ? null : IsLetIn(after, findings),
            Plan = change.Plan,
        };
    }

    private static bool? IsLetIn(LivePolicyChange change, string? text, PolicyRepairRecord record) => IsLetIn(change.Judge(text), record.Findings);

    private static bool? IsLetIn(IReadOnlyList<CallResult> rows, IReadOnlyList<Finding> findings)
        => rows.Any(r => r.Blocks) || findings.Any(f => f.SeverityValue == FindingSeverity.Blocks) ? false
            : rows.Any(r => !r.Call.IsOptional && r.Verdict == Verdict.Unknown) ? null
            : true;

    private PolicyBackup Keep(LivePolicyChange change, string reason, string? document, string? repaired) => options.Backups.Save(new()
    {
        Time = Now,
        TargetValue = change.Target,
        Resource = change.Resource,
        PolicyName = change.Store.PolicyName,
        BucketName = plan.BucketName,
        AccountId = plan.ExpectedOwner,
        Region = plan.BucketRegion,
        Caller = plan.Caller.Arn,
        RunId = plan.RunId,
        Reason = reason,
        Document = document,
        RepairedDocument = repaired,
    });

    private PolicyRepairRecord Finish(PolicyRepairRecord record) => JournalEntry.Add(options.Journal, record with { Time = Now });

    private DateTime Now => clock.GetUtcNow().UtcDateTime;
}

/// <summary>Adds the last word of a run to the journal. What was done stays done when that fails, and the record says so.</summary>
internal static class JournalEntry
{
    public static PolicyRepairRecord Add(RepairJournal? journal, PolicyRepairRecord record)
    {
        try
        {
            journal?.Add(record);
            return record;
        }
        catch (BackupException exception)
        {
            return record with { Error = record.Error is null ? exception.Message : $"{record.Error} {exception.Message}", Cause = record.Cause ?? exception };
        }
    }
}
