using System.Management.Automation;
using LogDelivery.Repair;
using LogDelivery.Requests;
using LogDelivery.Sources;

namespace LogDelivery.Commands;

/// <summary><c>Get-LogDeliveryPolicyBackup</c>: the policies that were kept before they were written over.</summary>
[Cmdlet(VerbsCommon.Get, "LogDeliveryPolicyBackup")]
[OutputType(typeof(PolicyBackup))]
public sealed class GetLogDeliveryPolicyBackupCommand : LogDeliveryCommand
{
    /// <summary>The buckets whose repairs are meant; wildcards are fine. All when not given.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("S3BucketName")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? BucketName { get; set; }

    /// <summary>The documents that are meant.</summary>
    [Parameter]
    public PolicyTarget[]? Target { get; set; }

    /// <summary>Where the backups are.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? BackupFolder { get; set; }

    /// <summary>The journal that vouches for the backups.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? JournalPath { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        try
        {
            var folder = LiveFiles.Backups(this, BackupFolder);
            var files = folder.Files();
            var journal = LiveFiles.Journal(this, JournalPath, folder);
            var check = journal.Verify();
            if (check.Problem is { } problem)
            {
                Report("JournalBroken", ErrorCategory.SecurityError, journal.Path, $"The journal {journal.Path} is broken ({problem}), and vouches for no backup.", "Read the journal around that line, and the documents before you put one back.");
            }

            var patterns = BucketName?.Select(Wildcard.WithCase).ToArray();
            foreach (var file in files)
            {
                if (Stopping)
                {
                    return;
                }

                if (Read(file) is { } backup && (patterns is null || Array.Exists(patterns, p => p.Matches(backup.BucketName))) && (Target is null || Target.Contains(backup.TargetValue)))
                {
                    WriteObject(backup with { VouchingValue = check.Of(backup) });
                }
            }
        }
        catch (BackupException exception)
        {
            BackupErrors.Write(this, exception, BackupFolder);
        }
    }

    private PolicyBackup? Read(string file)
    {
        try
        {
            return PolicyBackupFolder.Read(file);
        }
        catch (BackupException exception)
        {
            BackupErrors.Write(this, exception, file);
            return null;
        }
    }
}
