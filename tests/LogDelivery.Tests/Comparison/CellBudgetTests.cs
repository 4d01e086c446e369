using System.Runtime.CompilerServices;
using LogDelivery.Comparison;
using LogDelivery.Policies;
using LogDelivery.Repair;
using LogDelivery.Sources;
using Xunit;

namespace LogDelivery.Tests.Comparison;

/// <summary>
/// How much work the demos are, counted in cells instead of seconds. Who makes the walk wiser lowers a bound; who raises one
/// says why.
/// </summary>
public class CellBudgetTests
{
    [Theory]
    [InlineData("flow-logs-removed.json", "VpcFlowLogs", "amzn-s3-demo-flow-logs", null, false, 10)]
    [InlineData("renamed-trail.json", "CloudTrail", "amzn-s3-demo-trail-logs", "arn:aws:cloudtrail:us-east-1:111122223333:trail/org-management", false, 10)]
    [InlineData("org-perimeter.json", "VpcFlowLogs", "amzn-s3-demo-perimeter-logs", null, true, 20)]
    public void The_proof_of_a_demo_stays_small(string file, string source, string bucket, string? arn, bool narrow, int bound)
    {
        var before = PolicyDocument.Parse(File.ReadAllText(Path.Combine(Samples(), file)), PolicyKind.Bucket);
        var delivery = new Delivery { Source = SourceCatalog.Find(source)!, BucketName = bucket, AccountId = "111122223333", Region = "us-east-1", SourceArn = arn };
        var plan = PolicyRepair.Plan(before, PolicyTarget.Bucket, [delivery], new() { NarrowDenies = narrow });
        Assert.True(plan.Succeeds, string.Join("\n", plan.Obstacles));
        Assert.True(plan.HasChanges);
        Assert.InRange(plan.Certificate.CellsDecided, 1, bound);
        Assert.InRange(PolicyComparison.Compare(before, plan.After).CellsDecided, 1, bound);
    }

    [Fact]
    public void The_whole_catalog_in_one_plan_is_decided_in_few_cells()
    {
        var deliveries = SourceCatalog.All
            .Where(s => s.Family == DeliveryFamily.ServicePrincipal && s.Constraints.NamePrefix is null)
            .Select(s => Repair.Situation.Of(s))
            .ToArray();
        var needed = Repair.Situation.Needed(deliveries, PolicyTarget.Bucket);
        var walk = RepairProof.Prove(PolicyDocument.Empty(), needed.As(PolicyKind.Bucket), needed, Repair.Situation.Resources(deliveries[0], PolicyTarget.Bucket));
        Assert.True(walk.IsValid);
        Assert.InRange(walk.CellsDecided, needed.Statements.Count, 200);
    }

    [Fact]
    public void A_change_in_a_long_policy_costs_what_it_touches()
    {
        var others = string.Join(',', Enumerable.Range(0, 150).Select(i => $$"""{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:role/P{{i}}"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::amzn-s3-demo-bucket/{{i}}/*"}"""));
        var before = PolicyDocument.Parse($$"""{"Version":"2012-10-17","Statement":[{{others}}]}""", PolicyKind.Any);
        var after = PolicyDocument.Parse($$"""{"Version":"2012-10-17","Statement":[{{others}},{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:role/P7"},"Action":"s3:PutObject","Resource":"arn:aws:s3:::amzn-s3-demo-bucket/7/*"}]}""", PolicyKind.Any);
        var comparison = PolicyComparison.Compare(before, after);
        Assert.True(comparison.IsComplete);
        Assert.Equal(1, comparison.GainedCells);
        Assert.InRange(comparison.CellsDecided, 1, 20);
    }

    private static string Samples([CallerFilePath] string thisFile = "") => Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", "..", "samples");
}
