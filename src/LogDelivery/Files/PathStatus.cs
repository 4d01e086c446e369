using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace LogDelivery.Files;

/// <summary>What a path leads to.</summary>
internal enum PathKind
{
    /// <summary>Nothing is there, or it may not be looked at; opening it says which.</summary>
    Missing,

    /// <summary>A regular file.</summary>
    File,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A pipe: a FIFO, or the end of a process substitution. Reading it waits for a writer.</summary>
    Pipe,

    /// <summary>A socket.</summary>
    Socket,

    /// <summary>A device, which may have no end.</summary>
    Device,

    /// <summary>A file that the kernel makes up while it is read, below /proc and /sys. Reading some of them never ends.</summary>
    KernelFile,

    /// <summary>A symbolic link; only where links are not followed.</summary>
    Link,
}

/// <summary>What a path leads to, whose it is and who may write it, found without opening it: opening a FIFO waits for ever.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Length">Its length in bytes, where it has one.</param>
/// <param name="Owner">The id of the user that it belongs to; <see langword="null"/> on Windows.</param>
/// <param name="Mode">Who may do what; <see langword="null"/> on Windows.</param>
internal readonly record struct PathStatus(PathKind Kind, long Length = 0, uint? Owner = null, UnixFileMode? Mode = null)
{
    // The runtime's own layer over stat: one layout on all systems, while that of the C library differs between them. The
    // fields that are read here have stood there since .NET Core 1.0, that of the device since .NET 5.
    private const string Native = "libSystem.Native";
    private const int StatusSize = 512;
    private const int ModeAt = 4;
    private const int OwnerAt = 8;
    private const int LengthAt = 16;
    private const int DeviceAt = 88;

    private static readonly HashSet<long> KernelDevices = DevicesOf("/proc", "/sys");

    /// <summary>The user that this process runs as; <see langword="null"/> on Windows.</summary>
    public static uint? CurrentUser => OperatingSystem.IsWindows() ? null : UserId();

    /// <summary>Looks at what a path leads to.</summary>
    /// <param name="path">The path.</param>
    /// <param name="followLinks">Whether the target of a link is meant, not the link.</param>
    public static PathStatus Of(string path, bool followLinks = true)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (OperatingSystem.IsWindows())
        {
            return OfWindows(path, followLinks);
        }

        var name = Encoding.UTF8.GetBytes(path + '\0');
        var status = new byte[StatusSize];
        if ((followLinks ? Stat(name, status) : LStat(name, status)) != 0)
        {
            return new(PathKind.Missing);
        }

        var found = Read(status);
        return found is { Kind: PathKind.File, Length: 0 } && IsOfKernel(path, status) ? found with { Kind = PathKind.KernelFile } : found;
    }

    /// <summary>Looks at an open file, which nobody can exchange any more.</summary>
    /// <param name="handle">The file.</param>
    public static PathStatus Of(SafeFileHandle handle)
    {
        ArgumentNullException.ThrowIfNull(handle);
        if (OperatingSystem.IsWindows())
        {
            return new(PathKind.File);
        }

        var status = new byte[StatusSize];
        return FStat(handle, status) == 0 ? Read(status) : new(PathKind.Missing);
    }

    /// <summary>The kind in words, with its article.</summary>
    /// <param name="kind">The kind.</param>
    public static string NameOf(PathKind kind) => kind switch
    {
        PathKind.Folder => "a folder",
        PathKind.Pipe => "a pipe (FIFO)",
        PathKind.Socket => "a socket",
        PathKind.Device => "a device",
        PathKind.KernelFile => "a file of the kernel",
        PathKind.Link => "a symbolic link",
        PathKind.File => "a file",
        _ => "nothing",
    };

    private static PathStatus Read(byte[] status)
    {
        var mode = BitConverter.ToInt32(status, ModeAt);
        var kind = (mode & 0xF000) switch
        {
            0x8000 => PathKind.File,
            0x4000 => PathKind.Folder,
            0x1000 => PathKind.Pipe,
            0xC000 => PathKind.Socket,
            0xA000 => PathKind.Link,
            _ => PathKind.Device,
        };
        return new(kind, BitConverter.ToInt64(status, LengthAt), BitConverter.ToUInt32(status, OwnerAt), (UnixFileMode)(mode & 0xFFF));
    }

    // Files of the kernel call themselves regular and empty. A real empty file is never there. A link may lead there, or a folder
    // on the way; whatever the path says, such a file is on the device that /proc or /sys is.
    private static bool IsOfKernel(string path, byte[] status)
    {
        var full = Path.GetFullPath(path);
        return full.StartsWith("/proc/", StringComparison.Ordinal) || full.StartsWith("/sys/", StringComparison.Ordinal)
            || KernelDevices.Contains(BitConverter.ToInt64(status, DeviceAt));
    }

    private static HashSet<long> DevicesOf(params string[] folders)
    {
        var devices = new HashSet<long>();
        foreach (var folder in folders)
        {
            var status = new byte[StatusSize];
            if (!OperatingSystem.IsWindows() && Stat(Encoding.UTF8.GetBytes(folder + '\0'), status) == 0)
            {
                devices.Add(BitConverter.ToInt64(status, DeviceAt));
            }
        }

        // Where /proc is a folder like others, its device says nothing.
        var root = new byte[StatusSize];
        if (!OperatingSystem.IsWindows() && Stat("/\0"u8.ToArray(), root) == 0)
        {
            devices.Remove(BitConverter.ToInt64(root, DeviceAt));
        }

        return devices;
    }

    // A pipe of Windows is no entry of a folder, but has a name space of its own.
    private static PathStatus OfWindows(string path, bool followLinks)
    {
        if (path.StartsWith(@"\\.\pipe\", StringComparison.OrdinalIgnoreCase))
        {
            return new(PathKind.Pipe);
        }

        var file = new FileInfo(path);
        return !file.Exists && !Directory.Exists(path) ? new(PathKind.Missing)
            : !followLinks && file.LinkTarget is not null ? new(PathKind.Link)
            : file.Attributes.HasFlag(FileAttributes.Directory) ? new(PathKind.Folder)
            : file.Attributes.HasFlag(FileAttributes.Device) ? new(PathKind.Device)
            : new(PathKind.File, file.Length);
    }

    [DllImport(Native, EntryPoint = "SystemNative_Stat")]
    private static extern int Stat(byte[] path, byte[] status);

    [DllImport(Native, EntryPoint = "SystemNative_LStat")]
    private static extern int LStat(byte[] path, byte[] status);

    [DllImport(Native, EntryPoint = "SystemNative_FStat")]
    private static extern int FStat(SafeFileHandle file, byte[] status);

    [DllImport(Native, EntryPoint = "SystemNative_GetEUid")]
    private static extern uint UserId();
}
