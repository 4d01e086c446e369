using BenchmarkDotNet.Attributes;
using LogDelivery.Policies;
using LogDelivery.Repair;
using LogDelivery.Sources;

namespace LogDelivery.Benchmarks;

/// <summary>The repairs of the demo, proofs included.</summary>
[MemoryDiagnoser]
public class RepairBenchmarks
{
    private const string Trail = "arn:aws:cloudtrail:us-east-1:111122223333:trail/organization";

    private readonly PolicyDocument flowLogs = Read("flow-logs-removed.json");
    private readonly PolicyDocument renamed = Read("renamed-trail.json");
    private readonly PolicyDocument perimeter = Read("org-perimeter.json");

    [Benchmark]
    public RepairPlan AddFlowLogStatements() => Plan(flowLogs, "VpcFlowLogs", "amzn-s3-demo-flow-logs", []);

    [Benchmark]
    public RepairPlan CureRenamedTrail() => Plan(renamed, "CloudTrail", "amzn-s3-demo-trail-logs", [Trail]);

    [Benchmark]
    public RepairPlan NarrowOrganizationDeny() => Plan(perimeter, "VpcFlowLogs", "amzn-s3-demo-perimeter-logs", []);

    private static RepairPlan Plan(PolicyDocument document, string source, string bucket, string[] arns)
        => PolicyRepair.Plan(
            document,
            PolicyTarget.Bucket,
            new DeliverySelection { Sources = [source], Accounts = ["111122223333"], Region = "us-east-1", BucketName = bucket, SourceArns = arns }.ToDeliveries(),
            new RepairOptions { NarrowDenies = true });

    private static PolicyDocument Read(string name)
        => PolicyDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "samples", name)), PolicyKind.Bucket);
}
