using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using LogDelivery.Comparison;
using LogDelivery.Policies;
using Xunit;

namespace LogDelivery.Tests.Comparison;

/// <summary>What holds for every comparison. A failure prints the seed that repeats it, and the smallest case found.</summary>
public class PolicyComparisonPropertyTests
{
    private const int MaxCells = 100_000;

    [Fact]
    public void A_request_that_two_policies_decide_differently_is_never_overlooked()
    {
        var tally = new Tally();
        Prop.ForAll(RandomPolicies.Pairs(variables: -1), Arb.From(Gen.Choose(0, int.MaxValue)), (pair, seed) => CheckCompleteness(pair, seed, 1_500, tally))
            .Check(Effort.Tests(400));

        // The test is worth something only while comparisons finish and requests differ.
        Assert.True(tally.Complete > tally.All * 0.8, $"{tally}");
        Assert.True(tally.WithDifference > tally.All * 0.3, $"{tally}");
    }

    [Fact]
    public void Neither_where_policy_variables_tie_keys_together()
    {
        var tally = new Tally();
        Prop.ForAll(RandomPolicies.Pairs(maxStatements: 3, variables: 4), Arb.From(Gen.Choose(0, int.MaxValue)), (pair, seed) => CheckCompleteness(pair, seed, 1_500, tally))
            .Check(Effort.Tests(200));
        Assert.True(tally.Complete > tally.All * 0.4, $"{tally}");
        Assert.True(tally.WithDifference > tally.All * 0.2, $"{tally}");
    }

    [Fact]
    public void Every_difference_that_is_shown_is_one()
    {
        var shown = 0;
        Prop.ForAll(RandomPolicies.Pairs(), pair =>
        {
            var (before, after) = (pair.Before, pair.After);
            var comparison = PolicyComparison.Compare(before, after, maxCells: MaxCells);
            foreach (var difference in comparison.Differences)
            {
                var was = before.Evaluate(difference.Request);
                var becomes = after.Evaluate(difference.Request);
                Assert.Equal(was, difference.Before);
                Assert.Equal(becomes, difference.After);
                Assert.Equal(ChangeOf(difference.Request, was.Verdict, becomes.Verdict), difference.Change);
                shown++;
            }

            Assert.Equal(Math.Min(1_000, Enum.GetValues<AccessChange>().Sum(c => CellsOf(comparison, c))), comparison.Differences.Count);
        }).Check(Effort.Tests(200));
        Assert.True(shown > 150, $"{shown} differences");
    }

    [Fact]
    public void What_one_direction_gains_the_other_loses()
        => Prop.ForAll(RandomPolicies.Pairs(), pair =>
        {
            var forth = PolicyComparison.Compare(pair.Before, pair.After, maxCells: MaxCells);
            var back = PolicyComparison.Compare(pair.After, pair.Before, maxCells: MaxCells);
            Assert.Equal(forth.IsComplete, back.IsComplete);
            if (forth.IsComplete)
            {
                Assert.Equal((forth.GainedCells, forth.LostCells), (back.LostCells, back.GainedCells));
                Assert.Equal((forth.DenyAddedCells, forth.DenyLiftedCells), (back.DenyLiftedCells, back.DenyAddedCells));
                Assert.Equal(forth.Cells, back.Cells);
            }
        }).Check(Effort.Tests(150));

    [Fact]
    public void A_further_deny_gains_nothing_and_a_further_allow_loses_nothing()
        => Prop.ForAll(RandomPolicies.Pairs(maxStatements: 3), Arb.From(RandomPolicies.Statement()), (pair, further) =>
        {
            var comparison = PolicyComparison.Compare(pair.Before, RandomPair.Document([.. pair.First, further]), maxCells: MaxCells);
            Assert.Equal(0, further.Effect == "Deny" ? comparison.GainedCells + comparison.DenyLiftedCells : comparison.LostCells + comparison.DenyAddedCells);
        }).Check(Effort.Tests(150));

    [Fact]
    public void Order_Sids_and_white_space_change_nothing()
    {
        long walked = 0;
        Prop.ForAll(RandomPolicies.Pairs(), Arb.From(Gen.Choose(0, int.MaxValue)), (pair, seed) =>
        {
            var statements = pair.First.ToArray();
            new Random(seed).Shuffle(statements);
            var shuffled = RandomPair.Document(statements);
            Assert.True(PolicyComparison.Compare(pair.Before, shuffled).IsEquivalent);

            // A Sid means nothing, but makes another statement of it, so that here the cells are really walked.
            var document = JsonNode.Parse(shuffled.Text)!.AsObject();
            foreach (var statement in document["Statement"]!.AsArray())
            {
                statement!["Sid"] = "Named";
            }

            var respelled = PolicyDocument.Parse(document.ToJsonString(new() { WriteIndented = true }), PolicyKind.Bucket);
            var comparison = PolicyComparison.Compare(pair.Before, respelled, maxCells: MaxCells);
            walked += comparison.CellsDecided;
            Assert.Empty(comparison.Differences);
        }).Check(Effort.Tests(150));
        Assert.True(walked > 200, $"{walked} cells");
    }

    private static void CheckCompleteness(RandomPair pair, int seed, int requests, Tally tally)
    {
        var (before, after) = (pair.Before, pair.After);
        var comparison = PolicyComparison.Compare(before, after, maxCells: MaxCells);
        tally.All++;
        if (!comparison.IsComplete)
        {
            return;
        }

        tally.Complete++;
        var random = new Random(seed);
        var differs = false;
        for (var i = 0; i < requests; i++)
        {
            var request = RandomRequests.Next(random);
            if (ChangeOf(request, before.Evaluate(request).Verdict, after.Evaluate(request).Verdict) is { } change)
            {
                differs = true;
                var context = string.Join(", ", request.Context.Entries.Where(e => e.Value.Knowledge == ContextKnowledge.Present).Select(e => $"{e.Key}={e.Value}"));
                Assert.True(CellsOf(comparison, change) > 0, $"{change} and overlooked: {request} with {context}");
            }
        }

        tally.WithDifference += differs ? 1 : 0;
    }

    // A Deny of what nobody allows matters to whoever has policies of their own, which a service has not.
    private static AccessChange? ChangeOf(PolicyRequest request, Verdict was, Verdict becomes) => (was, becomes) switch
    {
        (Verdict.Allowed, Verdict.Allowed) => null,
        (_, Verdict.Allowed) => AccessChange.Gained,
        (Verdict.Allowed, _) => AccessChange.Lost,
        _ when request.Principal.Type == PrincipalType.Service || was == becomes => null,
        (Verdict.ExplicitDeny, _) => AccessChange.DenyLifted,
        _ => AccessChange.DenyAdded,
    };

    private static long CellsOf(PolicyComparison comparison, AccessChange change) => change switch
    {
        AccessChange.Gained => comparison.GainedCells,
        AccessChange.Lost => comparison.LostCells,
        AccessChange.DenyLifted => comparison.DenyLiftedCells,
        _ => comparison.DenyAddedCells,
    };

    private sealed class Tally
    {
        public int All { get; set; }

        public int Complete { get; set; }

        public int WithDifference { get; set; }

        public override string ToString() => $"{All} pairs, {Complete} complete, {WithDifference} with a difference";
    }
}
