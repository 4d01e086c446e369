using LogDelivery.Diagnosis;
using LogDelivery.Policies;
using LogDelivery.Repair;
using LogDelivery.Sources;
using Xunit;

namespace LogDelivery.Tests.Repair;

/// <summary>A renamed trail: its new ARN joins the list; the old one goes only when that is asked for, and is shown.</summary>
public class RemoveStaleTests
{
    private const string Live = "arn:aws:cloudtrail:us-east-1:111122223333:trail/main";
    private const string Stale = "arn:aws:cloudtrail:us-east-1:111122223333:trail/renamed";
    private const string Second = "arn:aws:cloudtrail:us-east-1:111122223333:trail/second";

    private static readonly RepairOptions Removing = new() { RemoveStale = true };

    [Fact]
    public void The_new_arn_joins_the_list_and_the_old_one_stays()
    {
        var delivery = Situation.Of("CloudTrail");
        var plan = PolicyRepair.Plan(Policy(Stale), PolicyTarget.Bucket, [delivery]);
        Assert.True(plan.Succeeds);
        Assert.All(plan.Edits, e => Assert.Equal(RepairEditKind.AddConditionValue, e.KindValue));
        Assert.All(SourceArns(plan.After), a => Assert.Equal([Stale, Live], a));
        Assert.Equal(0, plan.Certificate.Lost);
        Assert.Empty(plan.Certificate.LostExamples);
    }

    [Fact]
    public void On_request_the_old_arn_goes_and_what_is_lost_is_shown()
    {
        var delivery = Situation.Of("CloudTrail");
        var plan = PolicyRepair.Plan(Policy(Stale), PolicyTarget.Bucket, [delivery], Removing);
        Assert.True(plan.Succeeds, string.Join("\n", plan.Obstacles));
        Assert.All(SourceArns(plan.After), a => Assert.Equal([Live], a));
        Assert.True(plan.Certificate.IsValid);
        Assert.True(plan.Certificate.Lost > 0);
        Assert.NotEmpty(plan.Certificate.LostExamples);
        Assert.All(plan.Certificate.LostExamples, e => Assert.Contains(Stale, e, StringComparison.Ordinal));
        Assert.Contains(plan.Edits, e => e.KindValue == RepairEditKind.RemoveStaleValue && e.Description.Contains(Stale, StringComparison.Ordinal));
        Assert.True(PolicyTest.Run(delivery, plan.After).Passes);
        Assert.Empty(PolicyRepair.Plan(plan.After, PolicyTarget.Bucket, [delivery], Removing).Edits);
    }

    [Fact]
    public void Arns_of_all_the_deliveries_given_are_live()
    {
        Delivery[] deliveries = [Situation.Of("CloudTrail"), Situation.Of("CloudTrail") with { SourceArn = Second }];
        var plan = PolicyRepair.Plan(Policy(Stale, Second), PolicyTarget.Bucket, deliveries, Removing);
        Assert.True(plan.Succeeds, string.Join("\n", plan.Obstacles));
        Assert.All(SourceArns(plan.After), a => Assert.Equal([Second, Live], a));
    }

    [Fact]
    public void A_pattern_that_covers_the_live_arn_is_live()
    {
        var plan = PolicyRepair.Plan(
            PolicyBy("ArnLike", Stale, "arn:aws:cloudtrail:*:111122223333:trail/m*"), PolicyTarget.Bucket, [Situation.Of("CloudTrail")], Removing);
        Assert.All(SourceArns(plan.After), a => Assert.Equal(["arn:aws:cloudtrail:*:111122223333:trail/m*"], a));
    }

    [Fact]
    public void Statements_of_others_keep_their_arns()
    {
        var delivery = Situation.Of("CloudTrail");
        string[] others =
        [
            $$"""{"Effect":"Allow","Principal":{"Service":"config.amazonaws.com"},"Action":"s3:PutObject","Resource":"BUCKET/*","Condition":{"ArnLike":{"aws:SourceArn":["{{Stale}}","{{Second}}"] } } }""",
            $$"""{"Effect":"Deny","Principal":{"Service":"cloudtrail.amazonaws.com"},"Action":"s3:PutObject","Resource":"BUCKET/*","Condition":{"ArnEquals":{"aws:SourceArn":["{{Stale}}","{{Second}}"] } } }""",
        ];
        var before = Situation.Policy(delivery, [.. others, .. Policy(Stale, Live).Texts()]);
        var plan = PolicyRepair.Plan(before, PolicyTarget.Bucket, [delivery], Removing);
        Assert.True(plan.HasChanges);
        Assert.Equal(before.Texts()[..2], plan.After.Texts()[..2]);
    }

    [Fact]
    public void The_last_arn_is_never_dropped()
    {
        // A statement that names only stale ARNs is none of the delivery's; the new statement stands beside it.
        var delivery = Situation.Of("AlbAccessLogs");
        var before = Situation.Policy(delivery, """{"Effect":"Allow","Principal":{"Service":"config.amazonaws.com"},"Action":"s3:PutObject","Resource":"BUCKET/*","Condition":{"ArnLike":{"aws:SourceArn":"arn:aws:config:*:111122223333:*"}}}""");
        var plan = PolicyRepair.Plan(before, PolicyTarget.Bucket, [delivery], Removing);
        Assert.Equal(before.Texts()[0], plan.After.Texts()[0]);
        Assert.Equal(0, plan.Certificate.Lost);
    }

    [Fact]
    public void A_proof_without_leave_to_lose_refuses_what_the_removal_loses()
    {
        var delivery = Situation.Of("CloudTrail");
        var plan = PolicyRepair.Plan(Policy(Stale), PolicyTarget.Bucket, [delivery], Removing);
        var certificate = RepairProof.Prove(plan.Before, plan.After, Situation.Needed([delivery], PolicyTarget.Bucket), Situation.Resources(delivery, PolicyTarget.Bucket));
        Assert.False(certificate.IsValid);
        Assert.Contains(Stale, certificate.Witness, StringComparison.Ordinal);
    }

    private static IEnumerable<IReadOnlyList<string>> SourceArns(PolicyDocument policy)
        => policy.Statements.SelectMany(s => s.Conditions).Where(c => c.Key == "aws:SourceArn").Select(c => c.Values);

    private static PolicyDocument Policy(params string[] arns) => PolicyBy("StringEquals", arns);

    private static PolicyDocument PolicyBy(string op, params string[] arns)
    {
        var delivery = Situation.Of("CloudTrail");
        return Situation.Policy(delivery, Situation.Grants(delivery).Select(g =>
        {
            g.DropCondition("aws:SourceArn");
            g.SetCondition(op, "aws:SourceArn", new System.Text.Json.Nodes.JsonArray([.. arns.Select(a => System.Text.Json.Nodes.JsonValue.Create(a))]));
            return g.ToJsonString();
        }));
    }
}
