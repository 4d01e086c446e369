using System.Collections.Concurrent;

namespace LogDelivery.Pester.Tests;

/// <summary>Shells that run one file after the other: to start one and to load Pester takes longer than most files do.</summary>
public sealed class ShellPool : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, ConcurrentBag<Shell>> idle = new();
    private readonly ConcurrentQueue<string> totals = new();

    internal async Task<PesterResult> RunAsync(string name, string file, CancellationToken cancellationToken)
    {
        var ofThisName = idle.GetOrAdd(name, _ => []);
        if (!ofThisName.TryTake(out var shell))
        {
            shell = await Shell.StartAsync(name, cancellationToken);
        }

        try
        {
            var result = await shell.RunAsync(file, cancellationToken);
            ofThisName.Add(shell);
            totals.Enqueue($"{result.Passed} passed, {result.Failed} failed, {result.Skipped} skipped: {file} in {name}");
            return result;
        }
        catch
        {
            shell.Kill();
            await shell.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends the shells, and leaves the totals for who counts the tests and not the files.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var shell in idle.Values.SelectMany(shells => shells))
        {
            await shell.DisposeAsync();
        }

        var folder = Directory.CreateDirectory(Path.Combine(Repository.Root, "out", "test-results"));
        await File.WriteAllLinesAsync(Path.Combine(folder.FullName, "pester.txt"), totals.Order(StringComparer.Ordinal));
    }
}
