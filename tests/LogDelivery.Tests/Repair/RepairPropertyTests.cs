using FsCheck;
using FsCheck.Fluent;
using LogDelivery.Policies;
using LogDelivery.Repair;
using LogDelivery.Sources;
using LogDelivery.Tests.Comparison;
using Xunit;

namespace LogDelivery.Tests.Repair;

/// <summary>
/// What holds for every repair, judged by random requests around the delivery and around the policy, not by the proof.
/// </summary>
public class RepairPropertyTests
{
    private const int Requests = 400;

    // Denies that hit deliveries; half of the policies have one.
    private static readonly string[] Denies =
    [
        """{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["BUCKET","BUCKET/*"],"Condition":{"StringNotEquals":{"aws:PrincipalOrgID":"o-exampleorgid"}}}""",
        """{"Effect":"Deny","Principal":"*","Action":"s3:PutObject","Resource":"BUCKET/*","Condition":{"NotIpAddress":{"aws:SourceIp":["203.0.113.0/24"]},"Null":{"aws:SourceVpce":"true"}}}""",
        """{"Effect":"Deny","NotPrincipal":{"AWS":"111122223333"},"Action":["s3:PutObject","s3:GetBucketAcl"],"Resource":["BUCKET","BUCKET/*"]}""",
    ];

    // The stock of random policies names this one bucket.
    private static readonly DeliverySource[] Sources = [.. SourceCatalog.All.Where(s => s.Constraints.NamePrefix is null)];

    private static readonly Arbitrary<RandomRepair> Repairs = Arb.From(
        from statements in Gen.ArrayOf(RandomPolicies.Statement(), 3)
        from count in Gen.Choose(0, 3)
        from source in Gen.Elements(Sources)
        from prefix in Gen.Elements("logs", "AWSLogs", null)
        from parts in Gen.Choose(0, 23)
        from seed in Gen.Choose(0, int.MaxValue)
        select new RandomRepair([.. statements.Take(count)], source.Id, prefix, parts, seed),
        r => r.Statements.Select((_, i) => r with { Statements = [.. r.Statements.Where((_, at) => at != i)] })
            .Concat(r.Statements.SelectMany((s, i) => s.Shrink().Select(smaller => r with { Statements = [.. r.Statements.Select((other, at) => at == i ? smaller : other)] }))));

    [Fact]
    public void Without_options_nothing_is_lost_and_nothing_gained_but_what_is_needed()
    {
        var (gained, succeeded) = (0, 0);
        Prop.ForAll(Repairs, repair =>
        {
            var plan = PolicyRepair.Plan(repair.Document, PolicyTarget.Bucket, [repair.Delivery]);
            AssertSound(plan, repair);
            gained += CheckRequests(plan, repair);
            succeeded += plan.Succeeds ? 1 : 0;
            foreach (var (before, after) in plan.Before.Statements.Zip(plan.After.Statements).Where(s => s.First.Effect == PolicyEffect.Deny))
            {
                Assert.Equal(plan.Before.GetStatementText(before.Index), plan.After.GetStatementText(after.Index));
            }
        }).Check(Effort.Tests(150));
        Assert.True(gained > 100, $"{gained} requests gained");
        Assert.True(succeeded > 40, $"{succeeded} plans succeeded");
    }

    [Fact]
    public void With_leave_to_narrow_denies_only_the_delivery_passes_them()
    {
        var (gained, succeeded, narrowed) = (0, 0, 0);
        Prop.ForAll(Repairs, repair =>
        {
            var plan = PolicyRepair.Plan(repair.Document, PolicyTarget.Bucket, [repair.Delivery], new() { NarrowDenies = true });
            AssertSound(plan, repair, new() { NarrowDenies = true });
            gained += CheckRequests(plan, repair);
            succeeded += plan.Succeeds ? 1 : 0;
            narrowed += plan.Edits.Any(e => e.KindValue is RepairEditKind.NarrowDeny or RepairEditKind.SplitDeny) ? 1 : 0;
        }).Check(Effort.Tests(150));
        Assert.True(gained > 100, $"{gained} requests gained");
        Assert.True(succeeded > 80, $"{succeeded} plans succeeded");
        Assert.True(narrowed > 20, $"{narrowed} denies narrowed");
    }

    [Fact]
    public void Removing_what_is_stale_lets_nobody_in()
        => Prop.ForAll(Repairs, repair =>
        {
            var options = new RepairOptions { NarrowDenies = true, RemoveStale = true };
            var plan = PolicyRepair.Plan(repair.Document, PolicyTarget.Bucket, [repair.Delivery], options);
            AssertSound(plan, repair, options);
            CheckRequests(plan, repair, mayLose: true);
        }).Check(Effort.Tests(60));

    private static void AssertSound(RepairPlan plan, RandomRepair repair, RepairOptions? options = null)
    {
        Assert.Equal(plan.HasChanges, plan.Before.Text != plan.After.Text);
        Assert.True(plan.Succeeds || plan.Obstacles.Count > 0);
        Assert.True(plan.Certificate.IsValid || !plan.HasChanges);
        PolicyDocument.Parse(plan.After.Text, PolicyKind.Bucket);
        var again = PolicyRepair.Plan(plan.After, PolicyTarget.Bucket, [repair.Delivery], options);
        Assert.True(again.Edits.Count == 0, string.Join("\n", again.Diff));
        Assert.Equal(plan.Succeeds, again.Succeeds);
    }

    private static int CheckRequests(RepairPlan plan, RandomRepair repair, bool mayLose = false)
    {
        var random = new Random(repair.Seed);
        var needed = Situation.Needed([repair.Delivery], PolicyTarget.Bucket);
        var gained = 0;
        for (var i = 0; i < Requests && plan.HasChanges; i++)
        {
            var request = i % 4 == 0 ? RandomRequests.Next(random) : NextAround(repair.Delivery, random);
            var was = plan.Before.Evaluate(request).Verdict;
            var becomes = plan.After.Evaluate(request).Verdict;
            var isNeeded = needed.Evaluate(request).Verdict == Verdict.Allowed;
            var context = string.Join(", ", request.Context.Entries.Where(e => e.Value.Knowledge == ContextKnowledge.Present).Select(e => $"{e.Key}={e.Value}"));
            Assert.True(mayLose || was != Verdict.Allowed || becomes == Verdict.Allowed, $"lost: {request} with {context}");
            Assert.True(was == Verdict.Allowed || becomes != Verdict.Allowed || isNeeded, $"gained: {request} with {context}");
            Assert.True(
                was != Verdict.ExplicitDeny || becomes == Verdict.ExplicitDeny || isNeeded || request.Principal.Type == PrincipalType.Service, $"no longer denied: {request} with {context}");
            gained += was != Verdict.Allowed && becomes == Verdict.Allowed ? 1 : 0;
        }

        return gained;
    }

    /// <summary>A call of the delivery, with a few of its parts put wrong.</summary>
    private static PolicyRequest NextAround(Delivery delivery, Random random)
    {
        var calls = delivery.Source.GetRequiredCalls(delivery).Where(c => c.Target == PolicyTarget.Bucket).ToArray();
        var call = calls[random.Next(calls.Length)];
        var keys = call.Request.Context.Entries.ToDictionary(e => e.Key, e => Settle(e.Value, random));
        var (principal, action, resource) = (call.Request.Principal, call.Request.Action, call.Request.Resource);

        // What AWS derives from the principal stays true to it.
        foreach (var key in keys.Keys.Where(k => !k.StartsWith("aws:principal", StringComparison.Ordinal) && random.Next(25) == 0).ToArray())
        {
            keys[key] = random.Next(3) switch
            {
                0 => ContextValue.Absent,
                1 => ContextValue.Of("x"),
                _ => keys[key] is { Knowledge: ContextKnowledge.Present } present ? ContextValue.Of(present.Values[0].Replace(Situation.Account, Situation.OtherAccount, StringComparison.Ordinal)) : ContextValue.Of("true"),
            };
        }

        switch (random.Next(12))
        {
            case 0:
                principal = RequestPrincipal.Service("backup.amazonaws.com");
                keys["aws:principalservicename"] = keys["aws:principalservicenameslist"] = ContextValue.Of("backup.amazonaws.com");
                keys["aws:principalisawsservice"] = ContextValue.Of("true");
                keys["aws:principalarn"] = keys["aws:principalaccount"] = ContextValue.Of("000000000000");
                keys["aws:principalorgid"] = ContextValue.Absent;
                break;
            case 1:
                action = calls[random.Next(calls.Length)].Request.Action;
                break;
            case 2:
                action = "s3:DeleteObject";
                break;
            case 3:
                resource = resource.Replace(Situation.Account, Situation.OtherAccount, StringComparison.Ordinal);
                break;
            case 4:
                resource = $"{delivery.BucketArn}/x";
                break;
            case 5:
                resource = calls[random.Next(calls.Length)].Request.Resource;
                break;
        }

        return new PolicyRequest(principal, action, resource, new RequestContext(keys));
    }

    // Makes up something for what is known only in part.
    private static ContextValue Settle(ContextValue value, Random random) => value.Knowledge switch
    {
        ContextKnowledge.OneOf => Settle(value.Alternatives[random.Next(value.Alternatives.Count)], random),
        ContextKnowledge.Like => ContextValue.Of(value.Form!.ToString().Replace("*", "main", StringComparison.Ordinal)),
        ContextKnowledge.Internal => ContextValue.Of("000000000000"),
        ContextKnowledge.Unknown => random.Next(2) == 0 ? ContextValue.Absent : ContextValue.Of("111122223333"),
        _ => value,
    };

    /// <summary>A policy of others with some of the delivery's own statements in it, right or wrong.</summary>
    private sealed record RandomRepair(RandomStatement[] Statements, string Source, string? Prefix, int Parts, int Seed)
    {
        public Delivery Delivery => Situation.Of(Source) with { KeyPrefix = Prefix };

        public PolicyDocument Document
        {
            get
            {
                var own = (Parts % 4) switch
                {
                    0 => [],
                    1 => Situation.Grants(Delivery with { KeyPrefix = "old" }),
                    2 => Situation.Grants(Delivery with { SourceArn = Situation.SourceArnOf(Delivery.Source, Situation.Account, "old") }),
                    _ => [.. Situation.Grants(Delivery).Take(1)],
                };
                var denies = Denies.Skip(Parts / 4).Take(1);
                return Situation.Policy(Delivery, [.. own.Select(s => s.ToJsonString()), .. Statements.Select(s => s.Json), .. denies]);
            }
        }

        public override string ToString() => $"{Source} to {Prefix} by\n{Document.Text}";
    }
}
