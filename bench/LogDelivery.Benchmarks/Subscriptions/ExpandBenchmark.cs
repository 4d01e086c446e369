using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;
using LogDelivery.Records;

namespace LogDelivery.Benchmarks.Subscriptions;

/// <summary>
/// Objects of a subscription back into CloudTrail records: gzip members of 60 events each, 240 MB of text. The reference in the same
/// run is <c>zcat | jq</c> where both are on the PATH; rounds alternate.
/// </summary>
internal static class ExpandBenchmark
{
    private const int TextBytes = 240_000_000;
    private const int EventsPerEnvelope = 60;
    private const int Rounds = 3;

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Run()
    {
        var folder = Directory.CreateTempSubdirectory("expand-");
        try
        {
            var file = Path.Combine(folder.FullName, "firehose.gz");
            Write(file);
            var (ours, theirs) = (new List<double>(), new List<double>());
            for (var round = 0; round < Rounds; round++)
            {
                ours.Add(Time(() => Expand(file)));
                if (Jq(file) is { } seconds)
                {
                    theirs.Add(seconds);
                }
            }

            ours.Sort();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"--as-cloudtrail: {TextBytes / 1e6 / ours[Rounds / 2]:F0} MB of text a second, median of {Rounds}; heap after it {GC.GetTotalMemory(false) >> 20} MB"));
            if (theirs.Count == Rounds)
            {
                theirs.Sort();
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"zcat | jq -c '.logEvents[].message | fromjson': {TextBytes / 1e6 / theirs[Rounds / 2]:F0} MB a second; ratio of the medians {theirs[Rounds / 2] / ours[Rounds / 2]:F1}"));
            }
            else
            {
                Console.WriteLine("zcat and jq are not on the PATH: no ratio.");
            }
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

    private static double? Jq(string file)
    {
        try
        {
            return Time(() =>
            {
                using var process = Process.Start(new ProcessStartInfo("sh", ["-c", $"zcat '{file}' | jq -c '.logEvents[].message | fromjson' > /dev/null"]))!;
                process.WaitForExit();
                if (process.ExitCode != 0)
                {
                    throw new InvalidOperationException("jq is not there.");
                }
            });
        }
        catch (Exception exception) when (exception is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static double Time(Action job)
    {
        var watch = Stopwatch.StartNew();
        job();
        return watch.Elapsed.TotalSeconds;
    }

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
}
