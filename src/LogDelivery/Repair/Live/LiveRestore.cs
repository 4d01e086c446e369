using LogDelivery.Gateways;
using LogDelivery.Policies;
using LogDelivery.Sources;

namespace LogDelivery.Repair;

/// <summary>Options for restoring a backup.</summary>
internal sealed record LiveRestoreOptions
{
    /// <summary>The folder for the backup of the document that is overwritten.</summary>
    public required PolicyBackupFolder Backups { get; init; }

    /// <summary>The journal; <see langword="null"/> for a run that only looks.</summary>
    public RepairJournal? Journal { get; init; }

    /// <summary>
    /// Whether to overwrite a document that is neither the repaired one nor the backup. All other checks still apply.
    /// </summary>
    public bool Force { get; init; }

    /// <summary>Whether a document is put back that lets in what the present one refuses, or may do so.</summary>
    public bool AllowWiderAccess { get; init; }

    /// <summary>Whether a backup is put back that the journal does not vouch for: anybody may have made it.</summary>
    public bool AcceptUnvouched { get; init; }

    /// <summary>The journal that vouches for the backup; the one beside the backup when <see langword="null"/>.</summary>
    public RepairJournal? VouchedBy { get; init; }

    /// <summary>The account that the bucket must belong to; the one in the backup when <see langword="null"/>.</summary>
    public string? ExpectedBucketOwner { get; init; }

    internal WriteCare Care { get; init; } = new();
}

/// <summary>The plan for restoring a backup. Creating the plan changes nothing. Immutable.</summary>
internal sealed class LiveRestorePlan
{
    private readonly RestoreAccess access;

    internal LiveRestorePlan(PolicyBackup backup, IPolicyStore store, CallerIdentity caller, string? present, CancellationToken cancellationToken)
    {
        Backup = backup;
        Store = store;
        Caller = caller;
        Present = present;
        access = RestoreAccess.Of(backup.TargetValue, present, backup.Document, cancellationToken);
    }

    /// <summary>The backup.</summary>
    public PolicyBackup Backup { get; }

    /// <summary>The identity of the caller.</summary>
    public CallerIdentity Caller { get; }

    /// <summary>The current document; <see langword="null"/> when there is none.</summary>
    public string? Present { get; }

    /// <summary>Whether the document is the backup already.</summary>
    public bool IsThere => SamePolicy.Is(Present, Backup.Document);

    /// <summary>Whether the document is the one that overwrote the backup; otherwise a restore would lose another change.</summary>
    public bool IsTheRepaired => SamePolicy.Is(Present, Backup.RepairedDocument);

    /// <summary>The reason that forbids the restore even when it is forced; <see langword="null"/> when there is none.</summary>
    public string? Veto { get; internal init; }

    /// <summary>The differences between the document and the backup, as lines that begin with a minus or a plus sign.</summary>
    public IReadOnlyList<string> Diff => DocumentDiff.Of(Present, Backup.Document);

    /// <summary>Who gains and who loses access against the document of now, a line each; empty when nobody does.</summary>
    public IReadOnlyList<string> Access => access.Lines;

    /// <summary>Whether somebody gains access by the restore, or it cannot be told that nobody does.</summary>
    public bool Widens => access.Widens;

    internal IPolicyStore Store { get; }
}

/// <summary>Restores backups, with the same checks as repairs.</summary>
/// <param name="aws">AWS, with credentials of the account that owns the resource.</param>
/// <param name="options">How it is done.</param>
/// <param name="clock">The clock; the system's when <see langword="null"/>.</param>
internal sealed class LiveRestore(IAwsGateways aws, LiveRestoreOptions options, TimeProvider? clock = null)
{
    private readonly TimeProvider clock = clock ?? TimeProvider.System;

    /// <summary>Reads the current state. Changes nothing.</summary>
    /// <param name="backup">The backup.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="AwsCallException">AWS does not answer, or the document may not be read.</exception>
    /// <exception cref="BackupException">The journal does not vouch for the backup.</exception>
    public async Task<LiveRestorePlan> PlanAsync(PolicyBackup backup, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(backup);
        Vouch(backup);
        var caller = await aws.Account.GetIdentityAsync(cancellationToken).ConfigureAwait(false);
        var store = PolicyStores.Open(aws, backup.TargetValue, backup.Resource, backup.PolicyName, options.ExpectedBucketOwner ?? backup.AccountId);
        var present = await store.ReadAsync(cancellationToken).ConfigureAwait(false);
        return present.Error is { } error ? throw error : new(backup, store, caller, present.Value, cancellationToken) { Veto = VetoOf(backup, caller, present.Value) };
    }

    /// <summary>Restores the backup.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="consent">Asked before anything is kept or written.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    public async Task<PolicyRepairRecord> ApplyAsync(LiveRestorePlan plan, Func<LiveRestorePlan, RepairConsent> consent, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(consent);
        var backup = plan.Backup;
        var record = Begin(plan);
        if (plan.IsThere)
        {
            return Finish(record with { OutcomeValue = PolicyRepairOutcome.NothingToDo, Explanation = $"The document of {backup.Resource} is that of the backup {backup.Id} already.", PresentSha256 = record.BeforeSha256 });
        }

        if (plan.Veto is { } veto)
        {
            return Finish(record with { OutcomeValue = PolicyRepairOutcome.Blocked, Explanation = veto, Obstacles = [veto] });
        }

        if (!plan.IsTheRepaired && !options.Force)
        {
            return Finish(record with
            {
                OutcomeValue = PolicyRepairOutcome.PolicyChanged,
                Explanation = $"The document of {backup.Resource} is neither the backup {backup.Id} nor the document that overwrote it: somebody has changed it since, and restoring the backup would lose that change. Compare the two, and force the restore if that is intended.",
            });
        }

        if (plan.Widens && !options.AllowWiderAccess)
        {
            return Finish(record with
            {
                OutcomeValue = PolicyRepairOutcome.Blocked,
                Explanation = $"The backup {backup.Id} lets in what the present document of {backup.Resource} refuses, or it cannot be told whether it does; nothing was written. If that is intended, allow it: -AllowWiderAccess, --allow-wider-access.",
                Obstacles = [.. plan.Access],
            });
        }

        switch (consent(plan))
        {
            case RepairConsent.ShowOnly:
                return record with { OutcomeValue = PolicyRepairOutcome.Planned, Explanation = $"The backup {backup.Id} would be put back; nothing was written." };
            case RepairConsent.No:
                return Finish(record with { OutcomeValue = PolicyRepairOutcome.Declined, Explanation = $"Putting the backup {backup.Id} back was not confirmed; nothing was written." });
        }

        try
        {
            return Finish(await WriteAsync(plan, record, cancellationToken).ConfigureAwait(false));
        }
        catch (BackupException exception)
        {
            return Finish(record with { OutcomeValue = PolicyRepairOutcome.Failed, Explanation = $"Nothing was written: {exception.Message}", Error = exception.Message, Cause = exception });
        }
    }

    private async Task<PolicyRepairRecord> WriteAsync(LiveRestorePlan plan, PolicyRepairRecord record, CancellationToken cancellationToken)
    {
        var backup = plan.Backup;
        using var held = await options.Backups.HoldAsync($"{backup.Resource} {backup.PolicyName}", cancellationToken).ConfigureAwait(false);
        var kept = options.Backups.Save(backup with
        {
            Time = clock.GetUtcNow().UtcDateTime,
            Caller = plan.Caller.Arn,
            RunId = record.RunId,
            Reason = "Restore",
            Document = plan.Present,
            RepairedDocument = backup.Document,
        });
        record = record with { BackupId = kept.Id, Kept = [kept] };
        options.Journal?.Add(record with { OutcomeValue = PolicyRepairOutcome.Started, Explanation = $"The backup {backup.Id} is about to be put back." });
        var result = await new GuardedWrite(plan.Store, options.Care, clock).ReplaceAsync(plan.Present, backup.Document, cancellationToken).ConfigureAwait(false);
        if (result.Displaced is { } other)
        {
            // A backup is put back as it is, and merged with nothing; what it has met is kept, and named.
            var displaced = options.Backups.Save(backup with { Time = clock.GetUtcNow().UtcDateTime, Caller = plan.Caller.Arn, RunId = record.RunId, Reason = "Displaced", Document = other, RepairedDocument = backup.Document });
            record = record with { MetAnotherWriter = true, Kept = [kept, displaced], Obstacles = [$"Somebody else wrote the document at the same moment: what they wrote is in the backup {displaced.Id}."] };
        }

        record = record with { PresentSha256 = SamePolicy.HashOf(result.Present), Error = result.Error?.Message, Cause = result.Error };
        return result.End switch
        {
            WriteEnd.Verified => record with { OutcomeValue = PolicyRepairOutcome.Restored, Explanation = $"The backup {backup.Id} was put back and read back. {string.Join(' ', record.Obstacles)}".TrimEnd() },
            WriteEnd.Changed => record with { OutcomeValue = PolicyRepairOutcome.PolicyChanged, Explanation = $"The document of {backup.Resource} has changed since it was read; nothing was written over it." },
            WriteEnd.Overwritten => record with { OutcomeValue = PolicyRepairOutcome.Overwritten, Explanation = $"The backup {backup.Id} was put back, and then somebody else wrote another document over it." },
            WriteEnd.NotWritten => record with { OutcomeValue = PolicyRepairOutcome.Failed, Explanation = $"The document of {backup.Resource} was not written and is as it was: {result.Error?.Message} It is safe to run this again." },
            _ => record with { OutcomeValue = PolicyRepairOutcome.Unconfirmed, Explanation = $"AWS gave no clear answer to the write: the document of {backup.Resource} is the old one or the backup {backup.Id}. {result.Error?.Message} It is safe to run this again." },
        };
    }

    private void Vouch(PolicyBackup backup)
    {
        if (options.AcceptUnvouched)
        {
            return;
        }

        var journal = options.VouchedBy ?? RepairJournal.Beside(backup.Path is { } file ? new(Path.GetDirectoryName(Path.GetFullPath(file))!) : options.Backups);
        var check = journal.Verify();
        if (check.Of(backup) == PolicyBackupVouching.Unvouched)
        {
            var because = check.Problem is { } problem ? $"The journal {journal.Path} is broken ({problem}), so it vouches for no backup" : $"The journal {journal.Path} does not vouch for the backup {backup.Id}";
            throw new BackupException(BackupProblem.Unvouched, $"{because}: anybody who could write the file may have made it. Name the journal of the run that kept it (-JournalPath, --journal), or read the document and take the risk: -AcceptUnvouched, --accept-unvouched.");
        }
    }

    // A backup that would lock people out was right once; that is no reason to lock them out now.
    private static string? VetoOf(PolicyBackup backup, CallerIdentity caller, string? present)
    {
        if (backup.Document is not { } text)
        {
            return backup.TargetValue is PolicyTarget.Bucket or PolicyTarget.Role ? null : $"The backup {backup.Id} holds no document, and {backup.Resource} cannot be without one.";
        }

        if (backup.TargetValue == PolicyTarget.Key)
        {
            return PolicyDocument.TryParse(text, PolicyKind.Key, out var key, out _) && KeyAdministrators.Veto(backup.Resource, key!) is { } veto ? $"{veto.Id} {veto.Evidence} {veto.Remedy}" : null;
        }

        return backup.TargetValue == PolicyTarget.Bucket && Denies(text, backup, caller) && !Denies(present, backup, caller)
            ? $"The backup {backup.Id} denies you ({caller.Arn}) s3:PutBucketPolicy on {backup.Resource}. Restore it with credentials that it does not lock out."
            : null;
    }

    private static bool Denies(string? text, PolicyBackup backup, CallerIdentity caller)
    {
        if (text is null || !PolicyDocument.TryParse(text, PolicyKind.Bucket, out var document, out _) || !Arn.TryParse(caller.Arn, out _))
        {
            return false;
        }

        var context = new RequestContext([new("aws:PrincipalArn", ContextValue.Of(caller.Arn)), new("aws:PrincipalAccount", ContextValue.Of(caller.AccountId))], ContextValue.Unknown);
        return document!.Evaluate(new(RequestPrincipal.Aws(caller.Arn), "s3:PutBucketPolicy", backup.Resource, context)).Verdict == Verdict.ExplicitDeny;
    }

    private PolicyRepairRecord Begin(LiveRestorePlan plan) => new()
    {
        RunId = Guid.NewGuid().ToString("N"),
        Time = clock.GetUtcNow().UtcDateTime,
        BucketName = plan.Backup.BucketName,
        AccountId = options.ExpectedBucketOwner ?? plan.Backup.AccountId,
        Target = plan.Backup.Target,
        Resource = plan.Backup.Resource,
        PolicyName = plan.Backup.PolicyName,
        Caller = plan.Caller.Arn,
        BeforeSha256 = SamePolicy.HashOf(plan.Present),
        AfterSha256 = SamePolicy.HashOf(plan.Backup.Document),
        Diff = [.. plan.Diff],
    };

    private PolicyRepairRecord Finish(PolicyRepairRecord record) => JournalEntry.Add(options.Journal, record with { Time = clock.GetUtcNow().UtcDateTime });
}
