using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;

namespace LogDelivery.Files;

/// <summary>
/// Files that nobody else may have changed: opened without following a link, and refused when the file or its folder belongs
/// to another user or may be written by others. What the administrator owns is taken, since the administrator can change
/// everything anyway.
/// </summary>
internal static class OwnedFile
{
    private const UnixFileMode WrittenByOthers = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    /// <summary>Opens a file of a folder, after a check of both.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How it is opened.</param>
    /// <exception cref="FileRefusedException">Somebody else may have changed it.</exception>
    public static FileStream Open(string path, FileStreamOptions options)
    {
        var full = Path.GetFullPath(path);
        CheckFolder(Path.GetDirectoryName(full)!);
        Check(full, PathStatus.Of(full, followLinks: false), PathKind.File);
        var stream = new FileStream(full, options);
        try
        {
            // What was looked at may have been exchanged before it was opened; what is open stays what it is.
            Check(full, PathStatus.Of(stream.SafeFileHandle), PathKind.File);
            return stream;
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Checks a folder; one that is not there is well.</summary>
    /// <param name="path">The folder.</param>
    /// <exception cref="FileRefusedException">Somebody else may change what is in it.</exception>
    public static void CheckFolder(string path)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        Check(full, PathStatus.Of(full, followLinks: false), PathKind.Folder);
    }

    private static void Check(string path, PathStatus status, PathKind kind)
    {
        if (status.Kind == PathKind.Missing)
        {
            return;
        }

        if (status.Kind == PathKind.Link)
        {
            throw new FileRefusedException($"{path} is a symbolic link, and is not followed: whoever made it decides what is read and written. Name what it leads to.");
        }

        if (status.Kind != kind)
        {
            throw new FileRefusedException($"{path} is {PathStatus.NameOf(status.Kind)}, where {PathStatus.NameOf(kind)} is needed.");
        }

        if (OperatingSystem.IsWindows())
        {
            CheckList(path, kind == PathKind.Folder);
            return;
        }

        if (status.Owner is { } owner && owner != 0 && owner != PathStatus.CurrentUser)
        {
            throw new FileRefusedException($"{path} belongs to another user (id {owner}), who may change it. If its content is right, take it over: chown {PathStatus.CurrentUser} {Quoted(path)}");
        }

        if ((status.Mode & WrittenByOthers) is not UnixFileMode.None)
        {
            throw new FileRefusedException($"{path} may be written by others than its owner. If its content is right, take that away: chmod go-w {Quoted(path)}");
        }
    }

    private static string Quoted(string path) => $"'{path.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    // Groups that anybody can be in. Other single users in the list are the administrator's decision.
    [SupportedOSPlatform("windows")]
    private static void CheckList(string path, bool isFolder)
    {
        const FileSystemRights Writing = FileSystemRights.WriteData | FileSystemRights.AppendData | FileSystemRights.Delete
            | FileSystemRights.DeleteSubdirectoriesAndFiles | FileSystemRights.ChangePermissions | FileSystemRights.TakeOwnership;
        FileSystemSecurity security = isFolder ? new DirectoryInfo(path).GetAccessControl() : new FileInfo(path).GetAccessControl();
        using var me = WindowsIdentity.GetCurrent();
        if (security.GetOwner(typeof(SecurityIdentifier)) is SecurityIdentifier owner && owner != me.User && owner != me.Owner
            && !owner.IsWellKnown(WellKnownSidType.BuiltinAdministratorsSid) && !owner.IsWellKnown(WellKnownSidType.LocalSystemSid))
        {
            throw new FileRefusedException($"{path} belongs to another user ({owner}), who may change it. If its content is right, take it over: takeown /f \"{path}\"");
        }

        foreach (FileSystemAccessRule rule in security.GetAccessRules(includeExplicit: true, includeInherited: true, typeof(SecurityIdentifier)))
        {
            if (rule.AccessControlType == AccessControlType.Allow && (rule.FileSystemRights & Writing) != 0 && !rule.PropagationFlags.HasFlag(PropagationFlags.InheritOnly)
                && rule.IdentityReference is SecurityIdentifier group
                && (group.IsWellKnown(WellKnownSidType.WorldSid) || group.IsWellKnown(WellKnownSidType.AuthenticatedUserSid) || group.IsWellKnown(WellKnownSidType.BuiltinUsersSid)))
            {
                throw new FileRefusedException($"{path} may be written by everybody on this machine. If its content is right, take that away: icacls \"{path}\" /inheritance:r /grant:r \"%USERNAME%:(OI)(CI)F\"");
            }
        }
    }
}
