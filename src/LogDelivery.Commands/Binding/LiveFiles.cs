using System.Management.Automation;
using LogDelivery.Repair;

namespace LogDelivery.Commands;

/// <summary>The files of live repairs by the parameters of cmdlets, whose paths are PowerShell's.</summary>
internal static class LiveFiles
{
    public static PolicyBackupFolder Backups(PSCmdlet command, string? folder)
        => folder is null ? PolicyBackupFolder.Default : new(command.GetUnresolvedProviderPathFromPSPath(folder));

    public static RepairJournal Journal(PSCmdlet command, string? path, PolicyBackupFolder backups)
        => path is null ? RepairJournal.Beside(backups) : new(command.GetUnresolvedProviderPathFromPSPath(path));
}
