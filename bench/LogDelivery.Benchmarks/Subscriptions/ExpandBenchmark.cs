using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;
using LogDelivery.Logs.Events;
using LogDelivery.Logs.Files;

namespace LogDelivery.Benchmarks.Subscriptions;

/// <summary>
/// Objects of a subscription back into CloudTrail records: gzip members of 60 events each, 240 MB of text. The reference in the same
/// run is <c>zcat | jq</c> where both are on the PATH; rounds alternate. Ours is one thread; theirs are two processes, of which jq is
/// nearly all. CPU seconds are told, too: on a machine that others use they say more than the clock.
/// </summary>
internal static class ExpandBenchmark
{
    private const int TextBytes = 240_000_000;
    private const int EventsPerEnvelope = 60;
    private const int Rounds = 3;

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static double childCpu;

    public static void Run()
    {
        var folder = Directory.CreateTempSubdirectory("expand-");
        try
        {
            var file = Path.Combine(folder.FullName, "firehose.gz");
            Write(file);
            var (ours, theirs) = (new List<Cost>(), new List<Cost>());
            for (var round = 0; round < Rounds; round++)
            {
                ours.Add(Measure(() => Expand(file), OwnCpu));
                if (Jq(file) is { } cost)
                {
                    theirs.Add(cost);
                }
            }

            Say("--as-cloudtrail, one thread", ours);
            Console.WriteLine($"  heap after it {GC.GetTotalMemory(false) >> 20} MB");
            if (theirs.Count < Rounds)
            {
                Console.WriteLine("zcat and jq are not on the PATH: no ratio.");
                return;
            }

            Say("zcat | jq -c '.logEvents[].message | fromjson', two processes", theirs);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ratio of the medians: {Median(theirs, c => c.Seconds) / Median(ours, c => c.Seconds):F1} by the clock, {Median(theirs, c => c.Cpu) / Median(ours, c => c.Cpu):F1} in CPU seconds"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Expand(string file)
    {
        var tally = new ReadTally();
        using var writer = new CloudTrailWriter(Stream.Null);
        new SubscriptionExpansion(tally).Read(new FileObject(file), writer);
        if (tally.Damages.Count > 0 || writer.Others > 0)
        {
            throw new InvalidOperationException("Not every event came back.");
        }
    }

    private static Cost? Jq(string file)
    {
        try
        {
            return Measure(
                () =>
                {
                    // The shell's own "times" tells what its children have used: the second line, user and system.
                    using var process = Process.Start(new ProcessStartInfo("sh", ["-c", $"zcat '{file}' | jq -c '.logEvents[].message | fromjson' > /dev/null && times"]) { RedirectStandardOutput = true })!;
                    var times = process.StandardOutput.ReadToEnd().Split('\n');
                    process.WaitForExit();
                    if (process.ExitCode != 0)
                    {
                        throw new InvalidOperationException("jq is not there.");
                    }

                    childCpu += times[1].Split(' ').Sum(SecondsOf);
                },
                () => childCpu);
        }
        catch (Exception exception) when (exception is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    // As the shell writes it: 0m1.230000s.
    private static double SecondsOf(string time)
        => time.TrimEnd('s').Split('m') is [var minutes, var seconds] ? (60 * double.Parse(minutes, CultureInfo.InvariantCulture)) + double.Parse(seconds, CultureInfo.InvariantCulture) : 0;

    private static double OwnCpu()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime.TotalSeconds;
    }

    private static Cost Measure(Action job, Func<double> cpu)
    {
        var before = cpu();
        var watch = Stopwatch.StartNew();
        job();
        return new(watch.Elapsed.TotalSeconds, cpu() - before);
    }

    private static void Say(string name, List<Cost> costs)
        => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {TextBytes / 1e6 / Median(costs, c => c.Seconds):F0} MB of text a second, {Median(costs, c => c.Cpu):F2} CPU seconds; medians of {Rounds}"));

    private static double Median(List<Cost> costs, Func<Cost, double> value) => costs.Select(value).Order().ElementAt(costs.Count / 2);

    private static void Write(string path)
    {
        using var target = File.Create(path);
        long written = 0;
        for (var number = 0; written < TextBytes; number += EventsPerEnvelope)
        {
            var envelope = Envelope(number);
            written += envelope.Length;
            using var gzip = new GZipStream(target, CompressionLevel.Fastest, leaveOpen: true);
            gzip.Write(envelope);
        }
    }

    private static byte[] Envelope(int number) => JsonSerializer.SerializeToUtf8Bytes(
        new
        {
            messageType = "DATA_MESSAGE",
            owner = "111122223333",
            logGroup = "trail",
            logStream = "111122223333_CloudTrail_us-east-1",
            subscriptionFilters = new[] { "to-firehose" },
            logEvents = Enumerable.Range(number, EventsPerEnvelope).Select(i => new { id = $"3886{i:D52}", timestamp = 1_769_848_800_000L + i, message = Record(i) }),
        },
        Relaxed);

    private static string Record(int number) => JsonSerializer.Serialize(
        new
        {
            eventVersion = "1.11",
            userIdentity = new { type = "AssumedRole", principalId = "AROAEXAMPLEEXAMPLEAPP:app", arn = "arn:aws:sts::111122223333:assumed-role/app/app", accountId = "111122223333" },
            eventTime = "2026-01-31T08:40:00Z",
            eventSource = "s3.amazonaws.com",
            eventName = "PutObject",
            awsRegion = "us-east-1",
            sourceIPAddress = $"192.0.2.{number % 250}",
            userAgent = "aws-sdk-java/2.25.0",
            requestParameters = new { bucketName = "amzn-s3-demo-bucket", key = $"folder/{number * 2654435761L % 1_000_000_007}" },
            requestID = $"{number * 40503L:X16}",
            eventID = new Guid(number, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10),
            eventType = "AwsApiCall",
            recipientAccountId = "111122223333",
        },
        Relaxed);

    private readonly record struct Cost(double Seconds, double Cpu);
}
