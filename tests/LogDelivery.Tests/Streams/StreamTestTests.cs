using LogDelivery.Streams;
using Xunit;

namespace LogDelivery.Tests.Streams;

/// <summary>A chain that works, a chain with each single break, and with each pair: exactly the broken links are reported.</summary>
public sealed class StreamTestTests
{
    public static TheoryData<string> Singles => [.. Breaks.All.Select(b => b.Name)];

    [Fact]
    public void In_a_healthy_chain_every_link_works()
    {
        var rows = new StreamChain().Test();
        Assert.All(rows, r => Assert.True(r.StateValue == StreamLinkState.Working, $"{r.Link} is {r.State}: {r.Reason}"));
        Assert.All(rows, r => Assert.True(r.Reason.Length > 0 && r.Subject.Length > 0, $"{r.Link} says nothing."));
        Assert.Equal(Enumerable.Range(1, rows.Count), rows.Select(r => r.Step));
        Assert.Equal(
            [
                StreamLink.LogGroup, StreamLink.SubscriptionFilter, StreamLink.FilterPattern, StreamLink.SubscriptionTrust, StreamLink.SubscriptionPermission,
                StreamLink.Stream, StreamLink.StreamTrust, StreamLink.BucketPermission, StreamLink.KeyPermission, StreamLink.ErrorLogPermission,
                StreamLink.Bucket, StreamLink.BucketPolicy, StreamLink.Key, StreamLink.KeyPolicy, StreamLink.Format, StreamLink.ErrorLog, StreamLink.Arrival,
            ],
            rows.Select(r => r.LinkValue));
    }

    [Theory]
    [MemberData(nameof(Singles))]
    public void One_break_is_the_one_that_is_reported(string name)
    {
        var one = Breaks.All.Single(b => b.Name == name);
        var chain = new StreamChain();
        one.Apply(chain);
        var rows = chain.Test();
        Assert.Equal([one.Link], rows.Where(r => r.StateValue == StreamLinkState.Broken).Select(r => r.LinkValue));
        var row = rows.Single(r => r.LinkValue == one.Link);
        Assert.Contains(one.Id, row.Findings.Select(f => f.Id));
        Assert.False(string.IsNullOrEmpty(row.Remedy), "A broken link has a remedy.");
        Assert.True(row.Statement is not null || row.Setting is not null || row.Findings[0].Path.Length > 0, "A broken link names a statement or a setting.");
    }

    [Fact]
    public void Of_two_breaks_both_are_reported_and_nothing_else()
    {
        foreach (var first in Breaks.All)
        {
            foreach (var second in Breaks.All.Where(b => string.CompareOrdinal(b.Name, first.Name) > 0))
            {
                var chain = new StreamChain();
                first.Apply(chain);
                second.Apply(chain);
                var broken = chain.Test().Where(r => r.StateValue == StreamLinkState.Broken).Select(r => r.LinkValue).ToHashSet();
                StreamLink[] hidden = [.. first.Hides, .. second.Hides];
                StreamLink[] allowed = [first.Link, second.Link];
                Assert.True(broken.IsSubsetOf(allowed), $"{first.Name} and {second.Name}: {string.Join(", ", broken)}");
                Assert.True(broken.IsSupersetOf(allowed.Except(hidden)), $"{first.Name} and {second.Name}: only {string.Join(", ", broken)}");
            }
        }
    }
}
