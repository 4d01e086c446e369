using System.Runtime.InteropServices;

namespace LogDelivery.Tests.Shared;

/// <summary>The program dotnet that this process runs on: the PATH may name another one, or none.</summary>
internal static class DotNetHost
{
    public static string Path { get; } = System.IO.Path.GetFullPath(
        System.IO.Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
}
