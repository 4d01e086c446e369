using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using LogDelivery.Policies;
using LogDelivery.Sources;

namespace LogDelivery.Benchmarks;

/// <summary>
/// Ten thousand bucket policies against every call of every source, on one core: parse and judge. The reference in the same
/// run is System.Text.Json reading the same documents; rounds alternate, and the median ratio counts.
/// </summary>
internal static class PolicyCorpus
{
    private const int Policies = 10_000;
    private const int Rounds = 9;

    public static void Run()
    {
        var corpus = Enumerable.Range(0, Policies)
            .Select(i => SixStatements.Json
                .Replace("111122223333", (100_000_000_000 + i).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
                .Replace("amzn-s3-demo-archive", $"amzn-s3-demo-archive-{i}", StringComparison.Ordinal))
            .ToArray();
        var calls = SourceCatalog.All.SelectMany(CallsOf).ToArray();
        var reference = new List<double>();
        var ours = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            reference.Add(Time(() => ReadOnly(corpus)));
            ours.Add(Time(() => Judge(corpus, calls)));
        }

        // The first two rounds warm up.
        var ratios = ours.Zip(reference, (a, b) => a / b).Skip(2).Order().ToArray();
        var seconds = ours.Skip(2).Order().ToArray();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Policies:N0} policies x {calls.Length} calls of {SourceCatalog.All.Count} sources: median {seconds[seconds.Length / 2]:F2} s on one core ({seconds[seconds.Length / 2] / Policies / calls.Length * 1e9:F0} ns a verdict, parsing included)"));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"ratio to System.Text.Json reading the documents once: median {ratios[ratios.Length / 2]:F1} (min {ratios[0]:F1}, max {ratios[^1]:F1}, n={ratios.Length})"));
    }

    private static IEnumerable<PolicyRequest> CallsOf(DeliverySource source)
        => source.GetRequiredCalls(new Delivery
        {
            Source = source,
            BucketName = "amzn-s3-demo-archive-1",
            AccountId = "100000000001",
            Region = "us-east-1",
            RoleArn = "arn:aws:iam::100000000001:role/Delivery",
        }).Select(c => c.Request);

    private static double Time(Func<int> job)
    {
        GC.Collect();
        var watch = Stopwatch.StartNew();
        var check = job();
        return check == 0 ? throw new InvalidOperationException("The job did nothing.") : watch.Elapsed.TotalSeconds;
    }

    private static int ReadOnly(string[] corpus)
    {
        var statements = 0;
        foreach (var json in corpus)
        {
            using var document = JsonDocument.Parse(json);
            statements += document.RootElement.GetProperty("Statement").GetArrayLength();
        }

        return statements;
    }

    private static int Judge(string[] corpus, PolicyRequest[] calls)
    {
        var allowed = 0;
        foreach (var json in corpus)
        {
            var document = PolicyDocument.Parse(json, PolicyKind.Bucket);
            foreach (var call in calls)
            {
                allowed += document.Evaluate(call).Verdict == Verdict.Allowed ? 1 : 0;
            }
        }

        return allowed;
    }
}
