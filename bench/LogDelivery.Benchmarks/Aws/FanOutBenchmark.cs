using System.Diagnostics;
using System.Globalization;
using LogDelivery.Aws;
using LogDelivery.Gateways;
using LogDelivery.Trails;

namespace LogDelivery.Benchmarks.Aws;

/// <summary>
/// The health of 1,000 trails in four Regions, asked of a sandbox that takes 50 ms for each call. The reference is the ideal:
/// every call in turn on as many lanes as calls may be under way, and no time for anything else. Then the same with 30 % of the
/// calls throttled and a third of the trails refused, where every result is compared with what is true.
/// </summary>
internal static class FanOutBenchmark
{
    private const int Trails = 1_000;
    private const int LatencyMs = 50;
    private const int RefusedOfTen = 3;

    public static async Task RunAsync()
    {
        using var server = await ServerProcess.StartAsync().ConfigureAwait(false);
        foreach (var concurrency in new[] { new FanOutOptions().MaxConcurrency, 32 })
        {
            for (var run = 0; run < 3; run++)
            {
                await MeasureAsync(server, concurrency, run == 0 ? "cold" : "warm").ConfigureAwait(false);
            }
        }

        await ThrottleAsync(server).ConfigureAwait(false);
    }

    private static async Task MeasureAsync(ServerProcess server, int concurrency, string state)
    {
        await server.PostAsync("scenario", ManyTrails.Scenario(Trails, 0)).ConfigureAwait(false);
        await server.PostAsync("faults", $$"""{"latencyMs":{{LatencyMs}}}""").ConfigureAwait(false);
        using var session = await OpenAsync(server).ConfigureAwait(false);
        var watch = Stopwatch.StartNew();
        var heap = new List<long>();
        var count = 0;
        await foreach (var result in LookAsync(session, concurrency).ConfigureAwait(false))
        {
            Check(result, 0);
            if (++count % (Trails * ManyTrails.Regions.Length / 4) == 0)
            {
                heap.Add(GC.GetTotalMemory(forceFullCollection: false));
            }
        }

        var ideal = (count + ManyTrails.Regions.Length) * LatencyMs / 1000.0 / concurrency;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{count} results, {concurrency} at a time, {state}: {watch.Elapsed.TotalSeconds:F2} s, ideal {ideal:F2} s: {ideal / watch.Elapsed.TotalSeconds:P0} of it. Heap at each quarter, MB: {string.Join(", ", heap.Select(h => (h / 1048576.0).ToString("F0", CultureInfo.InvariantCulture)))}; working set {Environment.WorkingSet / 1048576} MB"));
    }

    private static async Task ThrottleAsync(ServerProcess server)
    {
        await server.PostAsync("scenario", ManyTrails.Scenario(Trails, RefusedOfTen)).ConfigureAwait(false);
        await server.PostAsync("faults", $$"""{"throttleRate":0.3,"latencyMs":{{LatencyMs}}}""").ConfigureAwait(false);
        using var session = await OpenAsync(server).ConfigureAwait(false);
        var watch = Stopwatch.StartNew();
        var seen = new HashSet<(string, string)>();
        var failing = 0;
        await foreach (var result in LookAsync(session, 32).ConfigureAwait(false))
        {
            Check(result, RefusedOfTen);
            failing += result.Health!.StateValue == TrailDeliveryState.Failing ? 1 : 0;
            if (!seen.Add((result.Health.Name, result.Health.Region)))
            {
                throw new InvalidOperationException($"{result.Health} came twice.");
            }
        }

        if (seen.Count != Trails * ManyTrails.Regions.Length)
        {
            throw new InvalidOperationException($"{seen.Count} results came.");
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"30 % of the calls throttled: {seen.Count} of {Trails * ManyTrails.Regions.Length} results right, {failing} of them failing with their cause; {watch.Elapsed.TotalSeconds:F1} s"));
    }

    private static void Check(TrailResult result, int refusedOfTen)
    {
        if (result.Error is { } error)
        {
            throw new InvalidOperationException($"{result.Trail} in {result.Region}: {error.Message}", error);
        }

        var health = result.Health!;
        var isRefused = ManyTrails.IsRefused(health.Name, refusedOfTen);
        if (health.StateValue != (isRefused ? TrailDeliveryState.Failing : TrailDeliveryState.Healthy) || isRefused != health.Cause.Any(f => f.SeverityValue == FindingSeverity.Blocks))
        {
            throw new InvalidOperationException($"{health} is wrong. {health.Explanation}");
        }
    }

    private static Task<AwsSession> OpenAsync(ServerProcess server)
        => AwsSession.OpenAsync(new() { AccessKey = "sandbox", SecretKey = "sandbox", Region = ManyTrails.Regions[0], EndpointUrl = server.Endpoint.AbsoluteUri });

    private static IAsyncEnumerable<TrailResult> LookAsync(AwsSession session, int concurrency)
        => new TrailFanOut(null, new() { MaxConcurrency = concurrency }).RunAsync(
            [new() { Account = "this account", Open = _ => Task.FromResult<IAwsGateways>(session), Regions = ManyTrails.Regions }]);
}
