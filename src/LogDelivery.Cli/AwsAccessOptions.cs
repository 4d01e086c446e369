using System.CommandLine;
using LogDelivery.Aws;
using LogDelivery.Policies;
using LogDelivery.Repair;
using LogDelivery.Text;

namespace LogDelivery.Cli;

/// <summary>The options of what writes to AWS: how to reach it, where backups and journal go, and who is asked.</summary>
internal sealed class AwsAccessOptions
{
    private readonly AwsConnectionOptions connection = new();
    private readonly Option<string?> owner = new("--expected-bucket-owner") { HelpName = "ID", Description = "The account that the bucket must belong to; the caller's when not given." };
    private readonly Option<string?> backupFolder = new("--backup-folder") { HelpName = "FOLDER", Description = "Where backups go; LOGDELIVERY_BACKUP_FOLDER or a folder of the user's when not given." };
    private readonly Option<string?> journal = new("--journal") { HelpName = "FILE", Description = "The file that each run adds JSON lines to; journal.jsonl in the backup folder when not given." };
    private readonly Option<bool> yes = new("--yes") { Description = "Write without asking." };
    private readonly Option<bool> whatIf = new("--what-if") { Description = "Show what would be written, and write nothing: no policy, no backup, no journal." };

    public IEnumerable<Option> All => [.. connection.All, owner, backupFolder, journal, yes, whatIf];

    public AwsOptions Read(ParseResult result, string? region) => connection.Read(result, region);

    public string? ReadOwner(ParseResult result) => result.GetValue(owner) switch
    {
        null => null,
        var account when Arn.IsAccountId(account) => account,
        var other => throw new UserException($"--expected-bucket-owner: '{other}' is no account id: twelve digits, such as 111122223333."),
    };

    public PolicyBackupFolder ReadBackups(ParseResult result)
        => result.GetValue(backupFolder) is { Length: > 0 } folder ? new(folder) : PolicyBackupFolder.Default;

    public RepairJournal? ReadJournal(ParseResult result, PolicyBackupFolder backups)
        => IsWhatIf(result) ? null : ReadNamedJournal(result) ?? RepairJournal.Beside(backups);

    /// <summary>The journal that is named, to be read.</summary>
    public RepairJournal? ReadNamedJournal(ParseResult result) => result.GetValue(journal) is { Length: > 0 } file ? new(file) : null;

    public bool IsUnattended(ParseResult result) => result.GetValue(yes);

    public bool IsWhatIf(ParseResult result) => result.GetValue(whatIf);
}

/// <summary>Who is asked before something is written. Where nobody can be asked and nothing was said, the answer is no.</summary>
internal sealed record Confirmation(bool IsUnattended, bool IsWhatIf)
{
    public RepairConsent Ask(ShownText question, Screen error)
    {
        if (IsWhatIf)
        {
            return RepairConsent.ShowOnly;
        }

        if (IsUnattended)
        {
            return RepairConsent.Yes;
        }

        if (Console.IsInputRedirected)
        {
            error.WriteLine("Nobody can be asked here: give --yes to write.");
            return RepairConsent.No;
        }

        error.Write($"{question} [y/N] ");
        return Console.ReadLine()?.Trim().ToUpperInvariant() is "Y" or "YES" ? RepairConsent.Yes : RepairConsent.No;
    }
}
