using System.Management.Automation;
using LogDelivery.Repair;

namespace LogDelivery.Commands;

/// <summary>What is wrong with a backup, as PowerShell has it.</summary>
internal static class BackupErrors
{
    public static void Write(LogDeliveryCommand command, BackupException exception, object? target)
    {
        void Report(string id, ErrorCategory category, string action) => command.Report(id, category, target, exception.Message, action, exception);
        switch (exception.Problem)
        {
            case BackupProblem.NotFound:
                Report("BackupNotFound", ErrorCategory.ObjectNotFound, "Get-LogDeliveryPolicyBackup lists the backups.");
                break;
            case BackupProblem.Damaged:
                Report("BackupDamaged", ErrorCategory.InvalidData, "Take another backup: nothing is put back from this one.");
                break;
            case BackupProblem.NotReadable:
                Report("FileNotReadable", ErrorCategory.ReadError, "Backups may be read by whoever made them; see the file's owner and mode.");
                break;
            case BackupProblem.NotTrusted:
                Report("BackupNotTrusted", ErrorCategory.SecurityError, "Look at the content first; then let nobody else write the folder and the file, as the message says.");
                break;
            case BackupProblem.Unvouched:
                Report("BackupUnvouched", ErrorCategory.SecurityError, "Give the journal of the run that kept it (JournalPath), or read its document and give AcceptUnvouched.");
                break;
            default:
                Report("BackupFailed", ErrorCategory.WriteError, "Give a folder that can be written to (BackupFolder, JournalPath).");
                break;
        }
    }
}
