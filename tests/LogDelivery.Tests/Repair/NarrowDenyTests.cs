using LogDelivery.Comparison;
using LogDelivery.Diagnosis;
using LogDelivery.Policies;
using LogDelivery.Repair;
using LogDelivery.Sources;
using Xunit;

namespace LogDelivery.Tests.Repair;

/// <summary>
/// A Deny gives way to exactly the delivery: broadly (for all AWS services) only where nobody else profits, else by name,
/// else split so that it denies everything else as before.
/// </summary>
public class NarrowDenyTests
{
    private const string Perimeter =
        """{"Sid":"Perimeter","Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["BUCKET","BUCKET/*"],"Condition":{"StringNotEqualsIfExists":{"aws:PrincipalOrgID":"o-exampleorgid"}}}""";

    private static readonly RepairOptions Narrowing = new() { NarrowDenies = true };

    public static TheoryData<string> Services => [.. SourceCatalog.All.Where(s => s.Family == DeliveryFamily.ServicePrincipal).Select(s => s.Id)];

    public static TheoryData<string> Perimeters =>
    [
        """ "StringNotEquals":{"aws:PrincipalOrgID":"o-exampleorgid"} """,
        """ "StringNotEqualsIfExists":{"aws:PrincipalOrgID":"o-exampleorgid"} """,
        """ "StringNotEquals":{"aws:SourceVpce":"vpce-1a2b3c4d"} """,
        """ "NotIpAddress":{"aws:SourceIp":"203.0.113.0/24"} """,
        """ "ArnNotLike":{"aws:PrincipalArn":"arn:aws:iam::111122223333:role/*"} """,
        """ "Null":{"s3:x-amz-server-side-encryption":"true"} """,
        """ "StringNotEquals":{"s3:x-amz-server-side-encryption":"aws:kms"},"Null":{"aws:SourceVpc":"true"} """,
    ];

    [Theory]
    [MemberData(nameof(Services))]
    public void Where_no_other_service_profits_all_services_are_exempt(string id)
    {
        var delivery = Situation.Of(id);
        var plan = Plan(delivery, Perimeter);
        Assert.True(plan.Succeeds);
        var edit = Assert.Single(plan.Edits);
        Assert.Equal(RepairEditKind.NarrowDeny, edit.KindValue);
        Assert.Contains("aws:PrincipalIsAWSService", edit.After, StringComparison.Ordinal);
        Assert.Empty(plan.Rejected);
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void Where_another_service_would_profit_it_is_shown_and_the_service_is_exempt_by_name(string id)
    {
        var delivery = Situation.Of(id);
        var plan = Plan(delivery, Perimeter, """{"Sid":"LeftOver","Effect":"Allow","Principal":{"Service":"backup.amazonaws.com"},"Action":"s3:PutObject","Resource":"BUCKET/*"}""");
        Assert.True(plan.Succeeds, string.Join("\n", plan.Obstacles.Concat(plan.Rejected.Select(r => r.ToString()))));
        var rejected = Assert.Single(plan.Rejected);
        Assert.Contains("aws:PrincipalIsAWSService", rejected.Description, StringComparison.Ordinal);
        Assert.Contains("backup.amazonaws.com s3:PutObject", rejected.Witness, StringComparison.Ordinal);
        var edit = Assert.Single(plan.Edits);
        Assert.DoesNotContain("aws:PrincipalIsAWSService", edit.After, StringComparison.Ordinal);
        Assert.Contains("aws:PrincipalServiceName", edit.After, StringComparison.Ordinal);
        AssertDeniesAsBefore(plan, "backup.amazonaws.com", $"{delivery.BucketArn}/x");
    }

    [Theory]
    [MemberData(nameof(Perimeters))]
    public void Other_trails_of_the_same_service_stay_denied(string conditions)
    {
        var delivery = Situation.Of("CloudTrail");
        var deny = $$"""{"Sid":"Perimeter","Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["BUCKET","BUCKET/*"],"Condition":{ {{conditions}} } }""";
        var plan = Plan(delivery, deny, """{"Sid":"LeftOver","Effect":"Allow","Principal":{"Service":["cloudtrail.amazonaws.com","backup.amazonaws.com"]},"Action":["s3:PutObject","s3:GetBucketAcl"],"Resource":["BUCKET","BUCKET/*"]}""");
        Assert.True(plan.Succeeds, string.Join("\n", plan.Obstacles.Concat(plan.Rejected.Select(r => r.ToString()))));
        Assert.True(plan.Rejected.Count >= 2);
        var edit = Assert.Single(plan.Edits);
        Assert.Equal(RepairEditKind.SplitDeny, edit.KindValue);
        Assert.True(PolicyTest.Run(delivery, plan.After).Passes);
        AssertDeniesAsBefore(plan, "backup.amazonaws.com", $"{delivery.BucketArn}/x");
        AssertDeniesAsBefore(plan, "cloudtrail.amazonaws.com", $"{delivery.BucketArn}/logs/AWSLogs/111122223333/x");

        // Each part counts: without any of them something would be let in.
        var first = edit.StatementIndex;
        var parts = plan.After.Statements.Count - plan.Before.Statements.Count + 1;
        for (var i = 0; i < parts; i++)
        {
            var fewer = Situation.Policy(delivery, plan.After.Texts().Where((_, at) => at != first + i));
            var certificate = RepairProof.Prove(plan.Before, fewer, Situation.Needed([delivery], PolicyTarget.Bucket), Situation.Resources(delivery, PolicyTarget.Bucket));
            Assert.False(certificate.IsValid);
        }
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void Every_source_passes_a_split_and_no_other_request_of_its_service_does(string id)
    {
        var delivery = Situation.Of(id);
        var service = delivery.Source.GetRequiredCalls(delivery)[0].Request.Principal.Id;
        var leftOver = $$"""{"Sid":"LeftOver","Effect":"Allow","Principal":{"Service":"{{service}}"},"Action":"s3:*","Resource":["BUCKET","BUCKET/*"]}""";
        var plan = Plan(delivery, Perimeter, leftOver);
        Assert.True(plan.Succeeds, string.Join("\n", plan.Obstacles.Concat(plan.Rejected.Select(r => r.ToString()))));
        Assert.Equal(RepairEditKind.SplitDeny, Assert.Single(plan.Edits).KindValue);
        AssertDeniesAsBefore(plan, service, $"{delivery.BucketArn}/x");
        AssertDeniesAsBefore(plan, service, $"{delivery.BucketArn}/logs/x");
    }

    [Fact]
    public void Two_deliveries_pass_a_deny_together()
    {
        Delivery[] deliveries = [Situation.Of("CloudTrail"), Situation.Of("VpcFlowLogs"), Situation.Of(SourceCatalog.Find("CloudTrail")!, Situation.OtherAccount)];
        var before = Situation.Policy(
            deliveries[0],
            [.. deliveries.SelectMany(d => Situation.Grants(d)).Select(g => g.ToJsonString()), """{"Sid":"LeftOver","Effect":"Allow","Principal":{"Service":"backup.amazonaws.com"},"Action":"s3:PutObject","Resource":"BUCKET/*"}""", Perimeter]);
        var plan = PolicyRepair.Plan(before, PolicyTarget.Bucket, deliveries, Narrowing);
        Assert.True(plan.Succeeds, string.Join("\n", plan.Obstacles));
        Assert.All(deliveries, d => Assert.True(PolicyTest.Run(d, plan.After).Passes));
        AssertDeniesAsBefore(plan, "backup.amazonaws.com", $"{deliveries[0].BucketArn}/x");
        Assert.Empty(PolicyRepair.Plan(plan.After, PolicyTarget.Bucket, deliveries, Narrowing).Edits);
    }

    [Fact]
    public void A_deny_for_the_service_alone_is_narrowed_as_well()
    {
        var delivery = Situation.Of("CloudTrail");
        var plan = Plan(delivery, """{"Effect":"Deny","Principal":{"Service":"cloudtrail.amazonaws.com"},"Action":"s3:PutObject","Resource":"BUCKET/*"}""");
        Assert.True(plan.Succeeds, string.Join("\n", plan.Obstacles));
        Assert.True(PolicyTest.Run(delivery, plan.After).Passes);
    }

    [Fact]
    public void Denies_that_hit_nobody_here_stay()
    {
        var delivery = Situation.Of("CloudTrail");
        var plan = Plan(
            delivery,
            """{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"BUCKET/*","Condition":{"Bool":{"aws:SecureTransport":"false"}}}""",
            """{"Effect":"Deny","Principal":"*","Action":"s3:DeleteObject*","Resource":"BUCKET/*"}""",
            """{"Effect":"Deny","NotPrincipal":{"Service":"cloudtrail.amazonaws.com"},"Action":"s3:PutObject","Resource":"BUCKET/*"}""");
        Assert.True(plan.Succeeds);
        Assert.False(plan.HasChanges);
    }

    [Fact]
    public void Users_and_roles_stay_denied_although_only_their_own_policies_may_allow_them()
    {
        // Whoever may read by a policy of their own is held back by this Deny alone, so it may not be lifted for them.
        var delivery = Situation.Of("CloudTrail");
        var plan = Plan(delivery, Perimeter);
        var stranger = new PolicyRequest(
            RequestPrincipal.Aws("arn:aws:iam::444455556666:role/Stranger"),
            "s3:GetObject",
            $"{delivery.BucketArn}/x",
            new RequestContext([KeyValuePair.Create("aws:PrincipalOrgID", ContextValue.Of("o-other")), KeyValuePair.Create("aws:PrincipalIsAWSService", ContextValue.Of("false"))]));
        Assert.Equal(Verdict.ExplicitDeny, plan.Before.Evaluate(stranger).Verdict);
        Assert.Equal(Verdict.ExplicitDeny, plan.After.Evaluate(stranger).Verdict);
        Assert.Equal(0, PolicyComparison.Compare(plan.Before, plan.After).DenyLiftedCells);
    }

    private static RepairPlan Plan(Delivery delivery, params string[] statements)
        => PolicyRepair.Plan(
            Situation.Policy(delivery, [.. Situation.Grants(delivery).Select(g => g.ToJsonString()), .. statements, Situation.Foreign[1]]), PolicyTarget.Bucket, [delivery], Narrowing);

    private static void AssertDeniesAsBefore(RepairPlan plan, string service, string resource)
    {
        foreach (var (arn, account) in new[] { ("arn:aws:cloudtrail:us-east-1:999900001111:trail/other", "999900001111"), (null, null) })
        {
            foreach (var action in new[] { "s3:PutObject", "s3:GetObject", "s3:GetBucketAcl" })
            {
                var keys = new Dictionary<string, ContextValue>
                {
                    ["aws:PrincipalIsAWSService"] = ContextValue.Of("true"),
                    ["aws:PrincipalServiceName"] = ContextValue.Of(service),
                    ["aws:PrincipalServiceNamesList"] = ContextValue.Of(service),
                    ["aws:SecureTransport"] = ContextValue.Of("true"),
                };
                if (arn is not null)
                {
                    keys["aws:SourceArn"] = ContextValue.Of(arn);
                    keys["aws:SourceAccount"] = ContextValue.Of(account!);
                }

                var request = new PolicyRequest(RequestPrincipal.Service(service), action, resource, new RequestContext(keys));
                Assert.Equal(Verdict.ExplicitDeny, plan.Before.Evaluate(request).Verdict);
                Assert.NotEqual(Verdict.Allowed, plan.After.Evaluate(request).Verdict);
            }
        }
    }
}
