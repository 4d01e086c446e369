using LogDelivery.Diagnosis;
using LogDelivery.Policies;
using LogDelivery.Repair;
using LogDelivery.Sources;
using Xunit;

namespace LogDelivery.Tests.Repair;

/// <summary>Every source with every root cause: after the repair the test passes, and nothing else has changed.</summary>
public class RepairMatrixTests
{
    private static readonly RepairOptions Narrowing = new() { NarrowDenies = true };

    public static TheoryData<string, string> Broken => Cross(RootCause.Allows);

    public static TheoryData<string, string> Denied => Cross(RootCause.Denies);

    public static TheoryData<string> Sources => [.. SourceCatalog.All.Select(s => s.Id)];

    [Theory]
    [MemberData(nameof(Sources))]
    public void An_empty_policy_gets_all_that_the_source_needs(string id)
    {
        var delivery = Situation.Of(id);
        var plan = PolicyRepair.Plan(PolicyDocument.Empty(), PolicyTarget.Bucket, [delivery]);
        AssertRepaired(plan, delivery);
        Assert.Equal(delivery.Source.Family == DeliveryFamily.ServicePrincipal, plan.HasChanges);
        Assert.Equal(0, plan.Certificate.Lost);
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public void Other_partitions_and_Regions_are_no_different(string id)
    {
        foreach (var region in new[] { "cn-north-1", "us-gov-west-1", "me-south-1", "eu-west-1" })
        {
            var delivery = Situation.Of(id) with { Region = region, SourceArn = null, KmsKeyArn = null };
            delivery = delivery with { RoleArn = delivery.RoleArn?.Replace("arn:aws:", $"arn:{delivery.Partition}:", StringComparison.Ordinal) };
            var plan = PolicyRepair.Plan(Situation.Policy(delivery, Situation.Foreign), PolicyTarget.Bucket, [delivery]);
            Assert.True(plan.Succeeds, string.Join("\n", plan.Obstacles));
            Assert.True(plan.Certificate.IsValid);
            Assert.Equal(Situation.Foreign.Length, plan.After.Texts().Intersect(plan.Before.Texts()).Count());
            Assert.All(CallsOf(delivery).Where(c => c.AllowedElsewhere is null), c => Assert.True(plan.After.Evaluate(c.Request).Verdict == Verdict.Allowed, $"{region}: {c}"));
        }
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public void Whatever_broke_the_statements_is_repaired(string id, string cause)
    {
        var delivery = Situation.Of(id);
        var before = RootCause.Find(cause).Policy(delivery);
        var plan = PolicyRepair.Plan(before, PolicyTarget.Bucket, [delivery]);
        AssertRepaired(plan, delivery);
        Assert.Equal(0, plan.Certificate.Lost);

        // Only lists of values grow in statements that were there; everything else is added behind.
        var cured = plan.Edits.Where(e => e.KindValue == RepairEditKind.AddConditionValue).Select(e => e.StatementIndex).ToHashSet();
        for (var i = 0; i < before.Statements.Count; i++)
        {
            Assert.Equal(cured.Contains(i), before.GetStatementText(i) != plan.After.GetStatementText(i));
        }
    }

    [Theory]
    [MemberData(nameof(Denied))]
    public void A_deny_is_narrowed_by_the_delivery_and_nothing_else(string id, string cause)
    {
        var delivery = Situation.Of(id);
        var before = RootCause.Find(cause).Policy(delivery);
        var plan = PolicyRepair.Plan(before, PolicyTarget.Bucket, [delivery], Narrowing);
        if (delivery.Source.Family == DeliveryFamily.AclGrantee)
        {
            // No condition key tells a grantee of the ACL from the rest of the world.
            Assert.False(plan.HasChanges);
            Assert.Equal(plan.Succeeds, plan.Obstacles.All(o => !o.Contains("Perimeter", StringComparison.Ordinal)));
            return;
        }

        AssertRepaired(plan, delivery, Narrowing);
        Assert.Equal(0, plan.Certificate.Lost);
    }

    [Theory]
    [MemberData(nameof(Denied))]
    public void Without_leave_a_deny_stays_and_is_named(string id, string cause)
    {
        var delivery = Situation.Of(id);
        var before = RootCause.Find(cause).Policy(delivery);
        var plan = PolicyRepair.Plan(before, PolicyTarget.Bucket, [delivery]);
        Assert.Equal(before.Texts(), plan.After.Texts().Take(before.Statements.Count));
        var isHit = CallsOf(delivery).Any(c => c.AlternativeRequest is null && before.Evaluate(c.Request).Verdict == Verdict.ExplicitDeny);
        if (isHit)
        {
            Assert.False(plan.Succeeds);
            Assert.Contains(plan.Obstacles, o => o.Contains("Perimeter", StringComparison.Ordinal) && o.Contains("--narrow-denies", StringComparison.Ordinal));
        }
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public void What_is_right_is_left_alone(string id)
    {
        var delivery = Situation.Of(id);
        var before = Situation.Policy(delivery, [.. Situation.Foreign, .. Situation.Grants(delivery).Select(g => g.ToJsonString())]);
        var plan = PolicyRepair.Plan(before, PolicyTarget.Bucket, [delivery], new() { NarrowDenies = true, RemoveStale = true });
        Assert.False(plan.HasChanges);
        Assert.Equal(before.Text, plan.After.Text);
        Assert.True(plan.Succeeds);
        AssertTestPasses(delivery, plan.After);
    }

    private static void AssertRepaired(RepairPlan plan, Delivery delivery, RepairOptions? options = null)
    {
        Assert.True(plan.Succeeds, $"{string.Join("\n", plan.Obstacles)}\n{string.Join("\n", plan.Rejected)}\n{plan.After.Text}");
        Assert.True(plan.Certificate.IsValid, plan.Certificate.ToString());
        Assert.True(PolicyDocument.TryParse(plan.After.Text, PolicyKind.Bucket, out var after, out var problems), string.Join("\n", problems));
        AssertTestPasses(delivery, after!);

        // Twice is once, byte for byte.
        var again = PolicyRepair.Plan(after!, PolicyTarget.Bucket, [delivery], options);
        Assert.Empty(again.Edits);
        Assert.Equal(plan.After.Text, again.After.Text);

        var touched = plan.Edits.Where(e => e.Before is not null).Select(e => e.Before!).ToHashSet();
        var foreign = plan.Before.Texts().Where(t => !touched.Contains(t)).ToArray();
        Assert.Equal(foreign, plan.After.Texts().Where(foreign.Contains));
    }

    /// <summary>Where the role's own policy or the bucket's ACL decides, this policy must at least not stop it.</summary>
    private static void AssertTestPasses(Delivery delivery, PolicyDocument policy)
    {
        var result = PolicyTest.Run(delivery, policy);
        Assert.False(result.Blocks, string.Join("\n", result.AllFindings));
        foreach (var call in result.Calls.Where(c => c.Call.Target == PolicyTarget.Bucket && !c.Call.IsOptional))
        {
            Assert.True(
                call.Verdict == Verdict.Allowed
                    || (call.Verdict == Verdict.Unknown
                        && call.Call.AllowedElsewhere is not null
                        && !policy.Statements.Any(s => s.Effect == PolicyEffect.Deny && s.Matches(call.Call.Request) != Truth.False)),
                $"{call.Call}: {call.Verdict}, {call.Reason}");
        }
    }

    private static IEnumerable<RequiredCall> CallsOf(Delivery delivery)
        => delivery.Source.GetRequiredCalls(delivery).Where(c => c.Target == PolicyTarget.Bucket && !c.IsOptional);

    private static TheoryData<string, string> Cross(IEnumerable<RootCause> causes)
    {
        var data = new TheoryData<string, string>();
        foreach (var source in SourceCatalog.All)
        {
            foreach (var cause in causes)
            {
                data.Add(source.Id, cause.Name);
            }
        }

        return data;
    }
}
