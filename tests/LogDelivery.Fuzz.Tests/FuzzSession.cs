using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace LogDelivery.Fuzz.Tests;

/// <summary>Tries one reader with many inputs, each in bounded time and memory.</summary>
internal sealed class FuzzSession
{
    /// <summary>The processor's time that one input may take. It is no measure of speed: usual inputs take less than a thousandth.</summary>
    private static readonly TimeSpan MostWork = TimeSpan.FromSeconds(2);

    // One that waits for ever takes no processor's time.
    private static readonly TimeSpan MostWait = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(50);

    private const long MostMemory = 256L << 20;

    // As little as any thread of a user's has, so that what goes too deep shows.
    private const int StackSize = 1 << 20;

    private const int MaxReports = 10;
    private const int MaxCorpus = 4000;

    private readonly IFuzzTarget target;
    private readonly string folder;
    private readonly CoverageMap? coverage;
    private readonly Screen screen = new();
    private readonly List<byte[]> corpus;
    private readonly Dictionary<string, string> reports = new(StringComparer.Ordinal);
    private readonly object gate = new();
    private string label = string.Empty;
    private byte[] current = [];
    private long number;
    private bool isRunning;
    private int knownCount;

    private FuzzSession(IFuzzTarget target, string folder, CoverageMap? coverage)
    {
        this.target = target;
        this.folder = folder;
        this.coverage = coverage;
        corpus = [.. target.Seeds, .. Corpus.Of(target).Select(c => c.Input)];
    }

    /// <summary>Tries a reader.</summary>
    /// <param name="name">The reader's name.</param>
    /// <param name="seed">The seed of the first input; the next has the next one.</param>
    /// <param name="count">How many inputs; 0 for those that are kept.</param>
    /// <param name="folder">Where inputs that break something are written.</param>
    /// <param name="map">Where instrumented code notes its way, or zero. Called by reflection from another load context, so there are no types of ours.</param>
    /// <returns>The sum in a line, and each fault; beginning with <c>ok</c> when there is none.</returns>
    public static string Run(string name, int seed, int count, string folder, nint map)
    {
        var session = new FuzzSession(FuzzTargets.Find(name), folder, map == 0 ? null : new CoverageMap(map));
        return session.Run(seed, count);
    }

    private string Run(int seed, int count)
    {
        Directory.CreateDirectory(folder);
        var began = Process.GetCurrentProcess().TotalProcessorTime;
        var worker = new Thread(() => ReadAll(seed, count), StackSize) { IsBackground = true };
        worker.Start();
        Watch(worker);
        var work = Process.GetCurrentProcess().TotalProcessorTime - began;
        lock (gate)
        {
            var sum = string.Create(CultureInfo.InvariantCulture, $"{target.Name}: {number} inputs in {work.TotalSeconds:0.0} s of processor time, seed {seed}, {corpus.Count} inputs kept, {screen.Count} texts shown, {knownCount} known faults");
            return reports.Count == 0 ? $"ok {sum}" : $"{sum}{Environment.NewLine}{string.Join(Environment.NewLine, reports.Values)}";
        }
    }

    private void ReadAll(int seed, int count)
    {
        if (count == 0)
        {
            var index = 0;
            foreach (var bytes in target.Seeds)
            {
                ReadOne(bytes, $"seed input {index++}");
            }

            foreach (var (name, bytes) in Corpus.Of(target))
            {
                ReadOne(bytes, name);
            }
        }

        for (var i = 0; i < count && reports.Count < MaxReports; i++)
        {
            var bytes = Mutator.Mutate(corpus, seed + i);
            ReadOne(bytes, string.Create(CultureInfo.InvariantCulture, $"seed {seed + i}"));
            if (coverage?.TakeNew() == true && corpus.Count < MaxCorpus)
            {
                corpus.Add(bytes);
            }
        }
    }

    private void ReadOne(byte[] bytes, string name)
    {
        lock (gate)
        {
            (current, label) = (bytes, name);
            number++;
            isRunning = true;
        }

        // An input that takes the whole process down leaves no report; it leaves this.
        var open = Path.Combine(folder, $"{target.Name}.running");
        if (coverage is not null)
        {
            File.WriteAllBytes(open, bytes);
        }

        var before = GC.GetTotalAllocatedBytes();
        Exception? fault = null;
        try
        {
            target.Run(bytes, screen);
        }
        catch (Exception exception)
        {
            fault = target.IsDocumented(exception) ? null : exception;
        }

        var allocated = GC.GetTotalAllocatedBytes() - before;
        lock (gate)
        {
            isRunning = false;
            if (fault is not null && target.Known.Any(k => k.Is(fault)))
            {
                knownCount++;
            }
            else if (fault is not null)
            {
                Report(KindOf(fault), fault.ToString());
            }
            else if (allocated > MostMemory)
            {
                Report("memory", $"{allocated >> 20} MB were allocated");
            }
        }
    }

    // Of faults at one place one is enough.
    private static string KindOf(Exception fault)
        => $"{fault.GetType().Name} {(fault is RawTextException ? string.Empty : fault.StackTrace?.Split('\n').FirstOrDefault(l => l.Contains("LogDelivery", StringComparison.Ordinal)))}";

    private void Report(string kind, string what)
    {
        if (reports.ContainsKey(kind))
        {
            return;
        }

        var file = Path.Combine(folder, $"{target.Name}-{Convert.ToHexString(SHA256.HashData(current))[..12].ToLowerInvariant()}");
        File.WriteAllBytes(file, current);
        reports.Add(kind, $"""
            {target.Name}, {label}, {current.Length} bytes in {Path.GetFileName(file)}: {what}
            {Encoding.UTF8.GetString(current, 0, Math.Min(current.Length, 400)).ReplaceLineEndings("\\n")}
            {Convert.ToHexString(current, 0, Math.Min(current.Length, 400))}
            """);
    }

    private void Watch(Thread worker)
    {
        var watched = -1L;
        var begin = (Work: TimeSpan.Zero, Time: Stopwatch.GetTimestamp());
        while (!worker.Join(Beat))
        {
            lock (gate)
            {
                var work = Process.GetCurrentProcess().TotalProcessorTime;
                if (!isRunning || number != watched)
                {
                    watched = number;
                    begin = (work, Stopwatch.GetTimestamp());
                    continue;
                }

                var took = work - begin.Work;
                if (took > MostWork)
                {
                    Report($"slow {number}", string.Create(CultureInfo.InvariantCulture, $"it takes more than {MostWork.TotalSeconds} s"));
                }

                if (took > 10 * MostWork || Stopwatch.GetElapsedTime(begin.Time) > MostWait)
                {
                    Report($"hang {number}", "it does not end");
                    return;
                }
            }
        }
    }
}
