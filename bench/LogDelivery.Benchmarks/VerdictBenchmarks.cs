using System.Text.Json;
using BenchmarkDotNet.Attributes;
using LogDelivery.Policies;

namespace LogDelivery.Benchmarks;

/// <summary>A verdict on a policy of six statements. The reference is System.Text.Json reading the same document once.</summary>
[MemoryDiagnoser]
public class VerdictBenchmarks
{
    private static readonly string Json = SixStatements.Json;
    private readonly PolicyDocument document = PolicyDocument.Parse(Json, PolicyKind.Bucket);
    private readonly PolicyRequest allowed = SixStatements.Request("arn:aws:cloudtrail:us-east-1:111122223333:trail/organization", "true");
    private readonly PolicyRequest implicitlyDenied = SixStatements.Request("arn:aws:cloudtrail:us-east-1:111122223333:trail/other", "true");
    private readonly PolicyRequest explicitlyDenied = SixStatements.Request("arn:aws:cloudtrail:us-east-1:111122223333:trail/organization", "false");

    [Benchmark(Baseline = true)]
    public int SystemTextJsonReadsTheDocument()
    {
        using var parsed = JsonDocument.Parse(Json);
        return parsed.RootElement.GetProperty("Statement").GetArrayLength();
    }

    [Benchmark]
    public Verdict Allowed() => document.Evaluate(allowed).Verdict;

    [Benchmark]
    public Verdict ImplicitDeny() => document.Evaluate(implicitlyDenied).Verdict;

    [Benchmark]
    public Verdict ExplicitDeny() => document.Evaluate(explicitlyDenied).Verdict;

    [Benchmark]
    public PolicyDocument Parse() => PolicyDocument.Parse(Json, PolicyKind.Bucket);
}
