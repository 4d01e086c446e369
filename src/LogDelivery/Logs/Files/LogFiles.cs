using System.IO.Enumeration;
using LogDelivery.Files;

namespace LogDelivery.Logs.Files;

/// <summary>
/// Resolves the paths that the user specifies to files: a file, a folder with everything below it, or a wildcard in the
/// last part of a path. The order is that of the arguments, and by ordinal name within a folder. No file is returned twice.
/// Links to folders are followed, each folder once.
/// </summary>
internal sealed class LogFiles
{
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    private readonly ReadTally tally;
    private readonly HashSet<string> seenFiles = new(PathComparer);
    private readonly HashSet<string> seenFolders = new(PathComparer);

    /// <summary>Creates a finder that records the files that it cannot read.</summary>
    /// <param name="tally">Counts files and records damage.</param>
    public LogFiles(ReadTally tally) => this.tally = tally;

    private static StringComparer PathComparer => OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    /// <summary>The files of one path.</summary>
    /// <param name="path">A file, a folder, or a path whose last part holds <c>*</c>, <c>?</c>.</param>
    /// <param name="literal">Whether wildcard characters are literal.</param>
    public IEnumerable<FileObject> Find(string path, bool literal = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (File.Exists(path))
        {
            return Named(path);
        }

        if (Directory.Exists(path))
        {
            return Below(path);
        }

        if (!literal && HasWildcard(path))
        {
            return Fitting(path);
        }

        // A folder that may not be entered hides what is in it.
        tally.Report(ParentIsClosed(path)
            ? new(path, null, DamageKind.NoPermission, "Reading the folder that should hold it is not permitted.")
            : new(path, null, DamageKind.NotFound, "There is no such file or folder."));
        return [];
    }

    // A pipe that is named is read: that is how a shell hands over what a command gives. A device may have no end.
    private IEnumerable<FileObject> Named(string path)
    {
        var kind = PathStatus.Of(path).Kind;
        if (kind is PathKind.Device or PathKind.Socket or PathKind.KernelFile)
        {
            tally.Report(new(path, null, DamageKind.Unreadable, $"It is {PathStatus.NameOf(kind)}, and is not read. Give a file, a folder or a pipe."));
            return [];
        }

        return kind == PathKind.Pipe ? Once(path) : One(path);
    }

    // A folder may hold anything. Opening a pipe there would wait for ever for a writer.
    private IEnumerable<FileObject> One(string path)
    {
        var kind = PathStatus.Of(path).Kind;
        if (kind is PathKind.File or PathKind.Missing or PathKind.Folder)
        {
            return Once(path);
        }

        if (seenFiles.Add(Path.GetFullPath(path)))
        {
            tally.AddPassedOver(PathStatus.NameOf(kind));
        }

        return [];
    }

    private IEnumerable<FileObject> Once(string path)
    {
        if (seenFiles.Add(Path.GetFullPath(path)))
        {
            tally.AddFound();
            yield return new(path);
        }
    }

    private IEnumerable<FileObject> Fitting(string pattern)
    {
        var folder = Path.GetDirectoryName(pattern) is { Length: > 0 } parent ? parent : ".";
        var name = Path.GetFileName(pattern);
        if (HasWildcard(folder))
        {
            tally.Report(new(pattern, null, DamageKind.NotFound, "A wildcard is read in the last part of a path only. Name the folder instead: everything below it is read."));
            yield break;
        }

        if (!Directory.Exists(folder))
        {
            tally.Report(new(pattern, null, DamageKind.NotFound, $"There is no folder '{folder}'."));
            yield break;
        }

        var any = false;
        foreach (var entry in Entries(folder))
        {
            if (!FileSystemName.MatchesSimpleExpression(name, Path.GetFileName(entry.Path), ignoreCase: OperatingSystem.IsWindows()))
            {
                continue;
            }

            any = true;
            var shown = Path.GetDirectoryName(pattern) is { Length: > 0 } ? entry.Path : Path.GetFileName(entry.Path);
            foreach (var file in entry.IsFolder ? Below(shown) : One(shown))
            {
                yield return file;
            }
        }

        if (!any)
        {
            tally.Report(new(pattern, null, DamageKind.NotFound, "No file fits."));
        }
    }

    private IEnumerable<FileObject> Below(string folder)
    {
        // Depth first without recursion: a folder's own files and folders in one order.
        var pending = new Stack<Entry>([new(folder, IsFolder: true)]);
        while (pending.TryPop(out var current))
        {
            if (!current.IsFolder)
            {
                foreach (var file in One(current.Path))
                {
                    yield return file;
                }
            }
            else if (seenFolders.Add(RealPath(current.Path)))
            {
                foreach (var entry in Enumerable.Reverse(Entries(current.Path)))
                {
                    pending.Push(entry);
                }
            }
        }
    }

    private Entry[] Entries(string folder)
    {
        try
        {
            // The folder itself says which of its entries are folders; asking each would be a call more for every file.
            var entries = new FileSystemEnumerable<Entry>(folder, static (ref FileSystemEntry e) => new(e.ToSpecifiedFullPath(), e.IsDirectory), Everything).ToArray();
            Array.Sort(entries, static (a, b) => string.CompareOrdinal(a.Path, b.Path));
            return entries;
        }
        catch (UnauthorizedAccessException)
        {
            tally.Report(new(folder, null, DamageKind.NoPermission, "Reading the folder is not permitted."));
        }
        catch (IOException exception)
        {
            tally.Report(new(folder, null, DamageKind.Unreadable, exception.Message));
        }

        return [];
    }

    private static string RealPath(string folder)
    {
        var full = Path.GetFullPath(folder);
        try
        {
            return new DirectoryInfo(full).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? full;
        }
        catch (IOException)
        {
            // A link that leads nowhere or in a circle is its own place; entering it then says what is wrong.
            return full;
        }
    }

    // The root of a long path of Windows has a question mark itself: \\?\C:\.
    private static bool HasWildcard(string path) => path.AsSpan()[Path.GetPathRoot(path.AsSpan()).Length..].ContainsAny('*', '?');

    private static bool ParentIsClosed(string path)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is not { } parent || !Directory.Exists(parent))
        {
            return false;
        }

        try
        {
            using var entries = Directory.EnumerateFileSystemEntries(parent).GetEnumerator();
            return false;
        }
        catch (UnauthorizedAccessException)
        {
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private readonly record struct Entry(string Path, bool IsFolder);
}
