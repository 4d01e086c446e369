using System.Diagnostics;
using Xunit;

namespace LogDelivery.Pester.Tests;

/// <summary>
/// The Pester suite on the built module, in a shell of its own: in pwsh of the PATH, where there is one, and in each shell that the
/// environment variable LOGDELIVERY_SHELLS names by its path, several as PATH has them.
/// </summary>
public sealed class PesterSuiteTests(ITestOutputHelper output)
{
    private const int NotInstalled = 77;

    private static readonly string OnPath = OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh";

    public static TheoryData<string> Shells => [OnPath, .. (Environment.GetEnvironmentVariable("LOGDELIVERY_SHELLS") ?? string.Empty).Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)];

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task The_Pester_suite_passes_on_the_built_module(string shell)
    {
        var file = shell == OnPath ? FindOnPath(shell) : shell;
        Assert.SkipWhen(file is null, "The Pester suite was not run: pwsh is not on the PATH.");

        var (exitCode, text) = await RunAsync(file!, TestContext.Current.CancellationToken);
        output.WriteLine(text);
        Assert.SkipWhen(exitCode == NotInstalled, "The Pester suite was not run: Pester 5.5 or newer is not installed.");
        Assert.True(exitCode == 0, text);
    }

    private static async Task<(int ExitCode, string Text)> RunAsync(string shell, CancellationToken cancellationToken)
    {
        var root = FindRoot();
        var start = new ProcessStartInfo(shell)
        {
            ArgumentList = { "-NoProfile", "-NonInteractive", "-File", Path.Combine(root, "tests", "Pester", "Invoke-Tests.ps1") },
            WorkingDirectory = root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["NO_COLOR"] = "1";
        start.Environment["POWERSHELL_TELEMETRY_OPTOUT"] = "1";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        var text = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, text + await error);
    }

    private static string? FindOnPath(string program)
        => Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "LogDelivery.psd1")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The repository's root, which holds LogDelivery.psd1, was not found above the tests.");
    }
}
