using LogDelivery.Policies;
using LogDelivery.Sources;
using Xunit;

namespace LogDelivery.Tests.Sources;

/// <summary>The statements that the catalog gives are enough for the calls that it names, and needed for them.</summary>
public class GrantsAllowTheirCallsTests
{
    public static TheoryData<string> AllIds => Sample.AllIds;

    [Theory]
    [MemberData(nameof(AllIds))]
    public void Of_a_plain_delivery(string id) => AssertGrantsAllowCalls(Sample.Of(id));

    [Theory]
    [MemberData(nameof(AllIds))]
    public void With_prefix_key_organization_and_foreign_bucket(string id) => AssertGrantsAllowCalls(Sample.WithEverything(id));

    [Theory]
    [MemberData(nameof(AllIds))]
    public void Without_a_bucket_key(string id)
    {
        var delivery = Sample.WithEverything(id);
        AssertGrantsAllowCalls(delivery with { Bucket = delivery.Bucket with { BucketKeyEnabled = false } });
    }

    [Theory]
    [MemberData(nameof(AllIds))]
    public void With_hive_compatible_keys(string id)
        => AssertGrantsAllowCalls(Sample.WithEverything(id) with { HiveCompatiblePartitions = true, PartitionedPrefix = true });

    [Theory]
    [MemberData(nameof(AllIds))]
    public void With_the_ARN_of_the_configuring_resource(string id)
    {
        var pattern = SourceArns(Sample.WithEverything(id)).FirstOrDefault("arn:aws:example:us-east-1:111122223333:resource/*");
        var delivery = Sample.WithEverything(id) with { SourceArn = pattern.Replace("*", "one", StringComparison.Ordinal) };
        AssertGrantsAllowCalls(delivery);
        Assert.All(SourceArns(delivery), a => Assert.Equal(delivery.SourceArn, a));
    }

    [Theory]
    [MemberData(nameof(AllIds))]
    public void In_GovCloud_and_China_the_ARNs_have_that_partition(string id)
    {
        foreach (var (region, partition) in new[] { ("us-gov-west-1", "aws-us-gov"), ("cn-north-1", "aws-cn") })
        {
            var delivery = Sample.Of(id) with { Region = region, KeyPrefix = "logs", RoleArn = $"arn:{partition}:iam::111122223333:role/delivery" };
            AssertGrantsAllowCalls(delivery);
            foreach (var grant in delivery.Source.GetRequiredCalls(delivery).Select(c => c.Grant))
            {
                Assert.StartsWith($"arn:{partition}:s3:::amzn-s3-demo-bucket", grant.Resource, StringComparison.Ordinal);
                var arns = grant.Conditions.SelectMany(c => c.Values).Where(v => v.StartsWith("arn:", StringComparison.Ordinal));
                Assert.All(arns, a => Assert.StartsWith($"arn:{partition}:", a, StringComparison.Ordinal));
                Assert.All(arns, a => Assert.DoesNotContain("us-east-1", a, StringComparison.Ordinal));
            }
        }
    }

    [Theory]
    [MemberData(nameof(AllIds))]
    public void Sids_are_unique_in_a_policy(string id)
    {
        var delivery = Sample.WithEverything(id);
        foreach (var grants in delivery.Source.GetGrants(delivery).GroupBy(g => g.Target))
        {
            Assert.Equal(grants.Count(), grants.Select(g => g.Sid).Distinct().Count());
        }
    }

    [Theory]
    [MemberData(nameof(AllIds))]
    public void Nothing_is_left_of_a_placeholder(string id)
    {
        var delivery = Sample.WithEverything(id);
        foreach (var call in delivery.Source.GetRequiredCalls(delivery))
        {
            Assert.DoesNotContain('{', call.Request.Resource);
            Assert.DoesNotContain('*', call.Request.Resource);
            Assert.DoesNotContain('{', call.Grant.ToJson().Replace("{\"", string.Empty, StringComparison.Ordinal));
        }
    }

    [Theory]
    [MemberData(nameof(AllIds))]
    public void A_grant_is_no_wider_than_one_account_or_prefix(string id)
    {
        var delivery = Sample.WithEverything(id);
        var objects = delivery.Source.GetRequiredCalls(delivery).Select(c => c.Grant).Where(g => g.Resource.Contains('/', StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(objects);
        Assert.All(objects, g => Assert.StartsWith("arn:aws:s3:::amzn-s3-demo-bucket/logs", g.Resource, StringComparison.Ordinal));
    }

    private static IEnumerable<string> SourceArns(Delivery delivery)
        => delivery.Source.GetGrants(delivery).SelectMany(g => g.Conditions).Where(c => c.Key == "aws:SourceArn").SelectMany(c => c.Values);

    private static void AssertGrantsAllowCalls(Delivery delivery)
    {
        var calls = delivery.Source.GetRequiredCalls(delivery);
        var grants = delivery.Source.GetGrants(delivery).Concat(calls.Select(c => c.Grant).Where(g => g.AclPermission is not null)).ToArray();
        Assert.Contains(calls, c => !c.IsOptional && c.Request.Action == "s3:PutObject");
        foreach (var call in calls)
        {
            var policy = Sample.Policy(grants, call.Target);
            var decision = policy.Evaluate(call.Request);
            Assert.True(decision.Verdict == Verdict.Allowed, $"{delivery}: {call} is {policy.Explain(call.Request).Verdict}: {policy.Explain(call.Request).Reason}\n{call.Grant.ToJson()}");
            Assert.Equal(Verdict.Allowed, Sample.Policy([call.Grant], call.Target).Judge(call));
            var others = Sample.Policy(grants.Where(g => g.Sid != call.Grant.Sid), call.Target);
            Assert.NotEqual(Verdict.Allowed, others.Judge(call));
            var empty = PolicyDocument.Empty(call.Target == PolicyTarget.Bucket ? PolicyKind.Bucket : PolicyKind.Key);
            Assert.Equal(Verdict.ImplicitDeny, empty.Judge(call));
        }
    }
}
