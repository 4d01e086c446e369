using System.Diagnostics;
using System.Globalization;
using System.IO.Pipes;
using System.Reflection;
using System.Text;

namespace LogDelivery.Pester.Tests;

/// <summary>
/// A PowerShell that runs the files that a pipe names. Its standard input is empty, as its children inherit it.
/// </summary>
internal sealed class Shell : IAsyncDisposable
{
    private const string EndOfFile = "== End of the file: ";

    private readonly Process process;
    private readonly StreamWriter files;
    private readonly StringBuilder errors = new();

    private Shell(Process process, NamedPipeServerStream pipe)
    {
        this.process = process;
        files = new StreamWriter(pipe);
        process.ErrorDataReceived += (_, line) =>
        {
            lock (errors)
            {
                errors.AppendLine(line.Data);
            }
        };
        process.BeginErrorReadLine();
    }

    /// <summary>The restored shell, and the paths of the others.</summary>
    public static IEnumerable<string> Names
        => [Restored, .. (Environment.GetEnvironmentVariable("LOGDELIVERY_SHELLS") ?? string.Empty).Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)];

    private static string Restored => $"PowerShell {Metadata("PowerShellVersion")}";

    public static async Task<Shell> StartAsync(string name, CancellationToken cancellationToken)
    {
        var pipeName = $"logdelivery-{Guid.NewGuid():N}";
        var pipe = new NamedPipeServerStream(pipeName, PipeDirection.Out, 1, PipeTransmissionMode.Byte, PipeOptions.Asynchronous);
        var start = new ProcessStartInfo(name == Restored ? DotNetHost.Path : name)
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        if (name == Restored)
        {
            start.ArgumentList.Add(Existing(Metadata("PowerShellLibrary"), $"{name} was not restored. Run 'dotnet restore', then 'dotnet test' again."));
        }
        else
        {
            Existing(name, $"There is no shell {name}. Mend the environment variable LOGDELIVERY_SHELLS: it holds paths of pwsh.");
        }

        foreach (var argument in new[] { "-NoProfile", "-NonInteractive", "-File", Path.Combine(Repository.Root, "tests", "Pester", "Invoke-Tests.ps1"), "-PipeName", pipeName, "-EndOfFile", EndOfFile })
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["NO_COLOR"] = "1";
        start.Environment["POWERSHELL_TELEMETRY_OPTOUT"] = "1";
        start.Environment["POWERSHELL_UPDATECHECK"] = "Off";
        var process = Process.Start(start)!;
        process.StandardInput.Close();
        var shell = new Shell(process, pipe);

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var connected = pipe.WaitForConnectionAsync(ended.Token);
        if (await Task.WhenAny(connected, process.WaitForExitAsync(ended.Token)) != connected)
        {
            await ended.CancelAsync();
            throw new InvalidOperationException(await shell.LastWordsAsync(string.Empty));
        }

        return shell;
    }

    /// <summary>Runs a file of the suite.</summary>
    public async Task<PesterResult> RunAsync(string file, CancellationToken cancellationToken)
    {
        await files.WriteLineAsync(file.AsMemory(), cancellationToken);
        await files.FlushAsync(cancellationToken);
        var text = new StringBuilder();
        while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.StartsWith(EndOfFile, StringComparison.Ordinal))
            {
                var counts = line[EndOfFile.Length..].Split(' ').Select(count => int.Parse(count, CultureInfo.InvariantCulture)).ToArray();
                return new(counts[0], counts[1], counts[2], text.ToString());
            }

            text.AppendLine(line);
        }

        throw new InvalidOperationException(await LastWordsAsync(text.ToString()));
    }

    /// <summary>Ends the shell at once, whatever it is at.</summary>
    public void Kill() => process.Kill(entireProcessTree: true);

    public async ValueTask DisposeAsync()
    {
        await files.DisposeAsync();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static string Existing(string path, string remedy) => File.Exists(path) ? path : throw new FileNotFoundException(remedy);

    private static string Metadata(string key)
        => typeof(Shell).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == key).Value ?? string.Empty;

    private async Task<string> LastWordsAsync(string text)
    {
        var rest = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        lock (errors)
        {
            return $"The shell ended by itself, with exit code {process.ExitCode}.\n{text}{rest}{errors}";
        }
    }
}
