using System.Diagnostics;
using System.Globalization;
using LogDelivery.Logs.AccessLogs;
using LogDelivery.Logs.Failures;
using LogDelivery.Logs.Files;

namespace LogDelivery.Benchmarks.AccessLogs;

/// <summary>
/// Reading access logs against ripgrep on the same files in the same run, one thread each. ripgrep looks for two literals on a
/// line, and is fooled by clients that imitate a refusal; the scan reads every line. Rounds alternate, the ratio is the median
/// of the pairs. The run ends with an error when a count is not the corpus's own.
/// </summary>
internal static class AccessLogBenchmark
{
    private const int Rounds = 9;

    public static void Run(IReadOnlyList<string> args)
    {
        var (files, megabytes) = (Number(args, 0, 2_000), Number(args, 1, 400));
        var folder = Directory.CreateTempSubdirectory("logdelivery-bench-").FullName;
        try
        {
            var truth = new AccessLogCorpus(20260401).Write(folder, files, megabytes * 1_000_000L);
            Console.WriteLine(truth);
            ParseEveryField(folder, truth);
            CompareWithRipgrep(folder, truth);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Peak memory of this process: {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:0} MB"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void ParseEveryField(string folder, AccessLogTruth truth)
    {
        var rates = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            var (lines, ambiguous, bytes, sum, elapsed) = (0L, 0L, 0L, 0L, TimeSpan.Zero);
            foreach (var path in Directory.EnumerateFiles(folder))
            {
                ReadOnlySpan<byte> rest = File.ReadAllBytes(path);
                bytes += rest.Length;
                var start = Stopwatch.GetTimestamp();
                while (rest.IndexOf((byte)'\n') is >= 0 and var end)
                {
                    ambiguous += AccessLogParser.Parse(rest[..end], out var line) == AccessLogReading.Ambiguous ? 1 : 0;
                    lines += line.Problem is null ? 1 : 0;
                    sum += Touch(line);
                    rest = rest[(end + 1)..];
                }

                elapsed += Stopwatch.GetElapsedTime(start);
            }

            Check("lines", truth.Lines, lines);
            Check("ambiguous lines", truth.Ambiguous, ambiguous);
            rates.Add(bytes / elapsed.TotalSeconds / 1e6);
            GC.KeepAlive(sum);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Every field of every line, typed, on one core: {Median(rates):0} MB/s (median of {Rounds})"));
    }

    private static long Touch(in AccessLogLine line)
    {
        var sum = line.Time.Ticks + (line.HttpStatus ?? 0) + (line.BytesSent ?? 0) + (line.ObjectSize ?? 0) + (line.TotalTime ?? 0) + (line.TurnAroundTime ?? 0);
        for (var field = AccessLogField.BucketOwner; field <= AccessLogField.SourceRegion; field++)
        {
            sum += line[field].Length;
        }

        return sum;
    }

    private static void CompareWithRipgrep(string folder, AccessLogTruth truth)
    {
        var (ours, theirs, ratios) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = -1; round < Rounds; round++)
        {
            var pair = round % 2 == 0 ? (Scan(folder, truth), Ripgrep(folder, truth)) : Swap(Ripgrep(folder, truth), Scan(folder, truth));
            if (pair.Item2 is not { } reference)
            {
                Console.WriteLine("ripgrep is not on this machine: there is nothing to compare with.");
                return;
            }

            if (round >= 0)
            {
                ours.Add(pair.Item1);
                theirs.Add(reference);
                ratios.Add(pair.Item1 / reference);
            }
        }

        ratios.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Failed deliveries, one thread: {truth.Bytes / Median(ours) / 1e6:0} MB/s; ripgrep -j1 on two literals: {truth.Bytes / Median(theirs) / 1e6:0} MB/s; time ratio {Median(ratios):0.00} ({ratios[Rounds / 4]:0.00} to {ratios[^((Rounds / 4) + 1)]:0.00}, n={Rounds})"));
    }

    private static (double, double?) Swap(double? reference, double own) => (own, reference);

    private static double Scan(string folder, AccessLogTruth truth)
    {
        var start = Stopwatch.GetTimestamp();
        var tally = new ReadTally();
        var failures = new FailureScan(new(), tally) { Workers = 1 }.Run(new LogFiles(tally).Find(folder)).LongCount();
        var elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Check("failed deliveries", truth.FailedDeliveries, failures);
        Check("damages", 0, tally.Damages.Count);
        return elapsed;
    }

    /// <summary>The time of ripgrep with its start; it counts what imitates a refusal, too.</summary>
    private static double? Ripgrep(string folder, AccessLogTruth truth)
    {
        try
        {
            var start = Stopwatch.GetTimestamp();
            using var process = Process.Start(new ProcessStartInfo("rg", ["-j1", "--no-config", "-a", "-I", "--no-filename", "-c", "svc:.* AccessDenied|AccessDenied svc:", folder]) { RedirectStandardOutput = true })!;
            var count = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Sum(long.Parse);
            process.WaitForExit();
            var elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
            Check("lines that ripgrep takes for failures", truth.FailedDeliveries + truth.Imitations, count);
            return elapsed;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static void Check(string what, long expected, long found)
    {
        if (expected != found)
        {
            throw new InvalidOperationException($"{found} {what} where there are {expected}.");
        }
    }

    private static int Number(IReadOnlyList<string> args, int index, int otherwise) => args.Count > index ? int.Parse(args[index], CultureInfo.InvariantCulture) : otherwise;

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
