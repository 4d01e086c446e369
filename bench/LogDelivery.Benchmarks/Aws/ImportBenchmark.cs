using System.Diagnostics;
using System.Globalization;

namespace LogDelivery.Benchmarks.Aws;

/// <summary>
/// What the import of the module adds to a shell: a bare one and one that imports take turns, and each is timed as a whole. The
/// shell says which assemblies of an SDK it has loaded; before the first call to AWS there are none.
/// </summary>
internal static class ImportBenchmark
{
    private const int Rounds = 11;

    public static async Task RunAsync()
    {
        var manifest = Path.Combine(FindRoot(), "out", "LogDelivery", "LogDelivery.psd1");
        if (!File.Exists(manifest))
        {
            throw new InvalidOperationException($"There is no built module: {manifest}. Run 'dotnet build -c Release' first.");
        }

        var import = $"$w = [Diagnostics.Stopwatch]::StartNew(); Import-Module '{manifest}'; $t = $w.Elapsed.TotalMilliseconds; "
            + "$sdk = @([AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -match '^AWSSDK' }).Count; \"$t $sdk\"";
        var (bare, with, inside) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            bare.Add((await RunAsync("'0 0'").ConfigureAwait(false)).Milliseconds);
            var (milliseconds, output) = await RunAsync(import).ConfigureAwait(false);
            with.Add(milliseconds);
            var parts = output.Trim().Split(' ');
            inside.Add(double.Parse(parts[0], CultureInfo.InvariantCulture));
            if (parts[1] != "0")
            {
                throw new InvalidOperationException($"{parts[1]} assemblies of an SDK are loaded.");
            }
        }

        // The first round fills the caches of the machine.
        var added = with.Zip(bare, (w, b) => w - b).Skip(1).Order().ToArray();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"bare shell: median {Median(bare):F0} ms; with the import: {Median(with):F0} ms; added: median {added[added.Length / 2]:F0} ms (min {added[0]:F0}, max {added[^1]:F0}, n={added.Length})"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Import-Module by a stopwatch in the shell: median {Median(inside):F0} ms; assemblies of an SDK loaded: 0"));
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Skip(1).Order().ToArray();
        return sorted[sorted.Length / 2];
    }

    private static async Task<(double Milliseconds, string Output)> RunAsync(string script)
    {
        var start = new ProcessStartInfo("pwsh", ["-NoProfile", "-NonInteractive", "-Command", script]) { RedirectStandardOutput = true };
        start.Environment["POWERSHELL_TELEMETRY_OPTOUT"] = "1";
        start.Environment["POWERSHELL_UPDATECHECK"] = "Off";
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync().ConfigureAwait(false);
        await process.WaitForExitAsync().ConfigureAwait(false);
        return (watch.Elapsed.TotalMilliseconds, process.ExitCode == 0 ? output : throw new InvalidOperationException($"pwsh ended with {process.ExitCode}. {output}"));
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "LogDelivery.psd1")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The repository's root was not found above the program.");
    }
}
