using System.Diagnostics;
using System.Globalization;
using LogDelivery.Logs.Files;

namespace LogDelivery.Cli;

/// <summary>What is told of reading logs: each damage as it is found, progress on a terminal, and the count at the end.</summary>
internal sealed class ReadReport(ReadTally tally, Screen error)
{
    private static readonly TimeSpan BeforeProgress = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BetweenProgress = TimeSpan.FromMilliseconds(200);

    private readonly bool showsProgress = error.IsErrorTerminal;
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private TimeSpan nextProgress = BeforeProgress;
    private bool hasProgress;
    private int damages;

    /// <summary>Tells what is new. Called on one thread.</summary>
    public void Update()
    {
        foreach (var damage in tally.DamagesAfter(damages))
        {
            Clear();
            damages++;
            error.WriteLine(damage.ToString());
        }

        if (showsProgress && watch.Elapsed >= nextProgress)
        {
            nextProgress = watch.Elapsed + BetweenProgress;
            hasProgress = true;
            error.EraseLine();
            error.Write($"{tally.FilesRead} of {tally.FilesFound} files, {Size(tally.StoredBytes)} ({Size(tally.TextBytes)} of text), {Size((long)(tally.TextBytes / watch.Elapsed.TotalSeconds))}/s");
        }
    }

    /// <summary>Takes the progress away, so that a line can be written.</summary>
    public void Clear()
    {
        if (hasProgress)
        {
            hasProgress = false;
            error.EraseLine();
        }
    }

    /// <summary>What was read, in a sentence.</summary>
    public string Count() => string.Create(
        CultureInfo.InvariantCulture,
        $"{tally.FilesRead} files read ({Size(tally.StoredBytes)}, {Size(tally.TextBytes)} of text, {tally.Records} records), {tally.FilesSkipped} skipped, {tally.FilesDamaged} damaged.{tally.PassedOver}");

    private static string Size(long bytes) => bytes switch
    {
        < 1_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.0} KB"),
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.00} GB"),
    };
}
