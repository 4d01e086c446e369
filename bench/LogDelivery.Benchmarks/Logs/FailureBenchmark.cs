using System.Diagnostics;
using System.Globalization;

namespace LogDelivery.Benchmarks.Logs;

/// <summary>
/// The scan for failed deliveries against the limit, against itself on two cores, and against jq and DuckDB. Rounds alternate; what counts
/// is the median of the pairs.
/// </summary>
internal static class FailureBenchmark
{
    private const int Rounds = 11;
    private const int WarmUps = 2;
    private const int RoundsOfOthers = 3;

    public static void Run(string[] args)
    {
        var megabytes = args is [var size, ..] ? int.Parse(size, CultureInfo.InvariantCulture) : 200;
        var folder = Path.Combine(Path.GetTempPath(), "logdelivery-bench");
        var large = Path.Combine(folder, $"trail-{megabytes}");
        var truth = TrailCorpus.Ensure(large, megabytes * 1_000_000L, 2_000_000, seed: 1);
        var files = Files(large);
        Console.WriteLine($"{truth.Files} files, {truth.Records} records, {truth.TextBytes / 1e6:0} MB of text in {files.Sum(f => new FileInfo(f).Length) / 1e6:0} MB; {truth.Failures} failed deliveries, {truth.Noise} refused probes, {truth.OtherRefusals} other refusals.");

        var limit = new Mode("GZipStream only", () => ScanModes.Decompress(files));
        Mode[] modes =
        [
            new("LogContent (every check of the text)", () => ScanModes.Check(files)),
            new("RecordReader (every record cut)", () => ScanModes.Cut(files)),
            new("failure scan", () => Expect(truth.Failures, ScanModes.Scan(files, workers: 1))),
        ];
        Console.WriteLine("CPU against GZipStream only, one thread:");
        foreach (var mode in modes)
        {
            Compare(limit, mode, m => m.Cpu);
        }

        Console.WriteLine("Time of one worker against two:");
        Compare(new Mode("two workers", () => Expect(truth.Failures, ScanModes.Scan(files, 2))), new Mode("one worker", () => Expect(truth.Failures, ScanModes.Scan(files, 1))), m => m.Wall);

        var small = Path.Combine(folder, $"trail-tiny-{megabytes}");
        var smallTruth = TrailCorpus.Ensure(small, megabytes * 1_000_000L / 2, 10_000, seed: 2);
        var tiny = Files(small);
        Console.WriteLine($"CPU a byte of {tiny.Count} tiny files against {files.Count} large ones:");
        Compare(
            new Mode("large files", () => Expect(truth.Failures, ScanModes.Scan(files, 1))) { Bytes = truth.TextBytes },
            new Mode("tiny files", () => Expect(smallTruth.Failures, ScanModes.Scan(tiny, 1))) { Bytes = smallTruth.TextBytes },
            m => m.Cpu / m.Bytes);

        AgainstOtherTools(files, truth);
        Console.WriteLine($"Highest memory of this process: {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:0} MB (with the corpus's generator, if it ran).");
    }

    private static void AgainstOtherTools(IReadOnlyList<string> files, CorpusTruth truth)
    {
        var scan = new Mode("failure scan, one thread", () => Expect(truth.Failures, ScanModes.Scan(files, 1)));
        var asItRuns = new Mode("failure scan, two workers", () => Expect(truth.Failures, ScanModes.Scan(files, 2)));
        var program = new Mode("logdelivery, whole process", () => Expect(truth.Failures, OtherTools.Cli(files)));
        var others = new List<Mode>();
        if (OtherTools.Jq() is { } jq)
        {
            others.Add(new("zcat | jq", () => Expect(truth.Failures, jq(files))));
        }
        else
        {
            Console.WriteLine("zcat and jq are not on the PATH: not compared.");
        }

        if (OtherTools.DuckDb() is { } duckDb)
        {
            others.Add(new("DuckDB read_json", () => Expect(truth.Failures, duckDb(files, null))));
            others.Add(new("DuckDB read_json on one thread", () => Expect(truth.Failures, duckDb(files, 1))));
        }
        else
        {
            Console.WriteLine("There is no duckdb on the PATH, and neither Python nor Node.js has its package: not compared.");
        }

        Console.WriteLine("Other tools, CPU and time:");
        foreach (var other in others)
        {
            Compare(scan, other, m => m.Cpu, RoundsOfOthers);
            Compare(program, other, m => m.Cpu, RoundsOfOthers);
            var byTheClock = other with { Name = $"{other.Name} by the clock" };
            Compare(asItRuns, byTheClock, m => m.Wall, RoundsOfOthers);
            Compare(program, byTheClock, m => m.Wall, RoundsOfOthers);
        }
    }

    private static void Compare(Mode reference, Mode mode, Func<Measure, double> value, int rounds = Rounds)
    {
        var ratios = new List<double>();
        var (values, references) = (new List<double>(), new List<double>());
        for (var round = rounds < Rounds ? 0 : -WarmUps; round < rounds; round++)
        {
            // Whoever goes first finds the caches of the other.
            var (first, second) = round % 2 == 0 ? (reference, mode) : (mode, reference);
            var a = first.Run();
            var b = second.Run();
            var (r, m) = round % 2 == 0 ? (a, b) : (b, a);
            if (round >= 0)
            {
                ratios.Add(value(m) / value(r));
                values.Add(value(m));
                references.Add(value(r));
            }
        }

        ratios.Sort();
        values.Sort();
        references.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  {mode.Name}: {Quantile(ratios, 0.5):0.00} [{Quantile(ratios, 0.25):0.00}-{Quantile(ratios, 0.75):0.00}] x {reference.Name}, n={ratios.Count}; {Quantile(values, 0.5):G3} s against {Quantile(references, 0.5):G3} s"));
    }

    private static double Quantile(List<double> sorted, double q) => sorted[(int)Math.Round((sorted.Count - 1) * q)];

    private static long Expect(long expected, long actual)
        => actual == expected ? actual : throw new InvalidOperationException($"{actual} found, {expected} expected.");

    private static IReadOnlyList<string> Files(string folder)
        => [.. Directory.GetFiles(Path.Combine(folder, "logs")).Order(StringComparer.Ordinal)];

    private readonly record struct Measure(double Cpu, double Wall, double Bytes);

    private sealed record Mode(string Name, Func<long> Work)
    {
        public double Bytes { get; init; } = 1;

        public Measure Run()
        {
            GC.Collect();
            using var process = Process.GetCurrentProcess();
            var children = ChildTimes.Seconds();
            var before = process.TotalProcessorTime;
            var watch = Stopwatch.StartNew();
            Work();
            watch.Stop();
            process.Refresh();
            return new((process.TotalProcessorTime - before).TotalSeconds + ChildTimes.Seconds() - children, watch.Elapsed.TotalSeconds, Bytes);
        }
    }
}
