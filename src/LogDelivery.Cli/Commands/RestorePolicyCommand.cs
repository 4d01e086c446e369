using System.CommandLine;
using System.Globalization;
using LogDelivery.Aws;
using LogDelivery.Gateways;
using LogDelivery.Repair;
using LogDelivery.Requests;
using LogDelivery.Text;

namespace LogDelivery.Cli.Commands;

/// <summary><c>logdelivery restore-policy</c>: puts a policy back as it was before a repair.</summary>
internal static class RestorePolicyCommand
{
    public static Command Create()
    {
        var backup = new Argument<string?>("BACKUP") { Arity = ArgumentArity.ZeroOrOne, Description = "The id of a backup, or its file." };
        var list = new Option<bool>("--list") { Description = "List the backups, newest first." };
        var bucket = new Option<string?>("--bucket") { HelpName = "NAME", Description = "With --list: only backups of this bucket's repairs; wildcards are fine." };
        var force = new Option<bool>("--force") { Description = "Write over a document that is neither the repaired one nor the backup." };
        var wider = new Option<bool>("--allow-wider-access") { Description = "Put back a document that lets in what the present one refuses." };
        var unvouched = new Option<bool>("--accept-unvouched") { Description = "Put back a backup that the journal does not vouch for: anybody who could write the file may have made it." };
        var region = AwsConnectionOptions.Region("The Region to call; that of the bucket when not given.");
        var output = CommonOptions.Output();
        var access = new AwsAccessOptions();
        var command = new Command("restore-policy", "Put a policy back as it was before a repair, or list the backups.") { backup, list, bucket, force, wider, unvouched, region, output };
        command.Add(access.All);

        command.SetStoppableAction(async (result, cancel) =>
        {
            var backups = access.ReadBackups(result);
            var format = result.GetValue(output);
            if (result.GetValue(list))
            {
                return List(backups, access.ReadNamedJournal(result) ?? RepairJournal.Beside(backups), result.GetValue(bucket), format, result.InvocationConfiguration.Output.AsScreen(), result.InvocationConfiguration.Error.AsScreen());
            }

            var named = result.GetValue(backup) is { Length: > 0 } given ? given : throw new UserException("Give the id of a backup or its file; --list lists them.");
            var options = new LiveRestoreOptions
            {
                Backups = backups,
                Journal = access.ReadJournal(result, backups),
                VouchedBy = access.ReadNamedJournal(result),
                Force = result.GetValue(force),
                AllowWiderAccess = result.GetValue(wider),
                AcceptUnvouched = result.GetValue(unvouched),
                ExpectedBucketOwner = access.ReadOwner(result),
            };
            var chosen = Find(backups, named);
            var confirmation = new Confirmation(access.IsUnattended(result), access.IsWhatIf(result));
            var aws = access.Read(result, RequestRegion.Of(result.GetValue(region) ?? chosen.Region, chosen.Resource));
            return await RestoreAsync(chosen, options, aws, confirmation, format, result.InvocationConfiguration.Output.AsScreen(), result.InvocationConfiguration.Error.AsScreen(), cancel).ConfigureAwait(false);
        });
        return command;
    }

    private static PolicyBackup Find(PolicyBackupFolder backups, string named)
    {
        try
        {
            return File.Exists(named) ? PolicyBackupFolder.Read(named) : backups.Find(named);
        }
        catch (BackupException exception)
        {
            throw new UserException(exception.Message);
        }
    }

    private static async Task<int> RestoreAsync(
        PolicyBackup backup, LiveRestoreOptions options, AwsOptions aws, Confirmation confirmation, OutputFormat format, Screen output, Screen error, CancellationToken cancel)
    {
        try
        {
            using var session = await AwsSession.OpenAsync(aws, cancel).ConfigureAwait(false);
            var restore = new LiveRestore(session, options);
            var plan = await restore.PlanAsync(backup, cancel).ConfigureAwait(false);
            var record = await restore.ApplyAsync(plan, p => Ask(p, confirmation, format, output, error), cancel).ConfigureAwait(false);
            RecordReport.Write(record, format, output, error);
            return ExitCode.Of(Outcomes.OfRestore(record));
        }
        catch (BackupException exception)
        {
            throw new UserException(exception.Message);
        }
        catch (AwsCallException exception)
        {
            throw new UserException($"{exception.Message} Nothing was written.", ExitCode.Of(exception));
        }
    }

    private static RepairConsent Ask(LiveRestorePlan plan, Confirmation confirmation, OutputFormat format, Screen output, Screen error)
    {
        if (format == OutputFormat.Table)
        {
            var style = output.Style;
            foreach (var line in plan.Diff)
            {
                output.WriteLine(style.Diff(line));
            }

            output.WriteLine($"{(plan.Access.Count == 0 ? "Nobody gains or loses access." : "Who gains and who loses access:")}");
            foreach (var line in plan.Access)
            {
                output.WriteLine($"  {line}");
            }
        }

        return confirmation.Ask(ShownText.Of($"Put the backup {plan.Backup.Id} of {plan.Backup.Resource} back?"), error);
    }

    private static int List(PolicyBackupFolder backups, RepairJournal journal, string? bucket, OutputFormat format, Screen output, Screen error)
    {
        var pattern = bucket is null ? null : Wildcard.WithCase(bucket);
        var table = new TextTable("Time", "Document", "Resource", "Reason", "Journal", "Id");
        var files = FilesOf(backups);
        var check = Verify(journal);
        if (check.Problem is { } problem)
        {
            error.WriteLine($"The journal {journal.Path} is broken ({problem}), and vouches for no backup.");
        }

        var exitCode = check.IsValid ? ExitCode.Ok : ExitCode.Unknown;
        foreach (var file in files)
        {
            try
            {
                var found = PolicyBackupFolder.Read(file);
                found = found with { VouchingValue = check.Of(found) };
                if (pattern?.Matches(found.BucketName) == false)
                {
                    continue;
                }

                if (format == OutputFormat.Json)
                {
                    output.WriteLine(JsonLine.From(found));
                }

                table.Add(found.Time.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture), found.Target, found.Resource, found.Reason, found.Vouching ?? string.Empty, found.Id);
            }
            catch (BackupException exception)
            {
                error.WriteLine(exception.Message);
                exitCode = ExitCode.Unknown;
            }
        }

        if (format == OutputFormat.Table)
        {
            table.Write(output);
        }

        return exitCode;
    }

    private static JournalCheck Verify(RepairJournal journal)
    {
        try
        {
            return journal.Verify();
        }
        catch (BackupException exception)
        {
            throw new UserException(exception.Message);
        }
    }

    private static IReadOnlyList<string> FilesOf(PolicyBackupFolder backups)
    {
        try
        {
            return backups.Files();
        }
        catch (BackupException exception)
        {
            throw new UserException(exception.Message);
        }
    }
}
