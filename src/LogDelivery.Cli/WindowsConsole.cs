using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace LogDelivery.Cli;

/// <summary>
/// The console of Windows, which shows escape sequences as they stand until a program asks for them. Source: Console Virtual
/// Terminal Sequences, learn.microsoft.com/windows/console/console-virtual-terminal-sequences.
/// </summary>
[SupportedOSPlatform("windows")]
internal static class WindowsConsole
{
    public const int Output = -11;
    public const int Error = -12;

    private const uint VirtualTerminalProcessing = 0x0004;

    /// <summary>Asks the console to obey escape sequences.</summary>
    /// <param name="stream"><see cref="Output"/> or <see cref="Error"/>.</param>
    /// <returns>Whether it does; older ones than that of Windows 10 1511 do not.</returns>
    public static bool ObeysEscapes(int stream)
    {
        var handle = GetStdHandle(stream);
        return GetConsoleMode(handle, out var mode)
            && ((mode & VirtualTerminalProcessing) != 0 || SetConsoleMode(handle, mode | VirtualTerminalProcessing));
    }

    [DllImport("kernel32.dll", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern nint GetStdHandle(int stream);

    [DllImport("kernel32.dll", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool GetConsoleMode(nint console, out uint mode);

    [DllImport("kernel32.dll", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool SetConsoleMode(nint console, uint mode);
}
