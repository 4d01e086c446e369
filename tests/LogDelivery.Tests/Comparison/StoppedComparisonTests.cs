using System.Text.Json.Nodes;
using LogDelivery.Comparison;
using LogDelivery.Patterns;
using LogDelivery.Policies;
using LogDelivery.Repair;
using LogDelivery.Sources;
using Xunit;

namespace LogDelivery.Tests.Comparison;

/// <summary>What may take minutes ends when it is told to.</summary>
public sealed class StoppedComparisonTests
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(300);

    [Fact]
    public async Task A_comparison_of_policies_ends()
    {
        var (before, after) = Entangled();
        await Stops(stop => PolicyComparison.Compare(before, after, maxCells: int.MaxValue, cancellationToken: stop));
    }

    [Fact]
    public async Task A_search_for_texts_ends()
    {
        var atoms = Enumerable.Range(0, 20).Select(i => TextAtom.Glob($"*{(char)('a' + i)}???????")).ToArray();
        await Stops(stop =>
        {
            while (true)
            {
                TextClasses.Find(atoms, TextAtom.Glob("*"), new ClassSearch(stop));
            }
        });
    }

    [Fact]
    public async Task A_proof_of_a_repair_ends()
    {
        var (before, _) = Entangled();
        var delivery = new Delivery { Source = SourceCatalog.Find("CloudTrail")!, BucketName = "amzn-s3-demo-bucket", AccountId = "111122223333", Region = "us-east-1" };
        await Stops(stop =>
        {
            while (true)
            {
                PolicyRepair.Plan(before, PolicyTarget.Bucket, [delivery], new() { NarrowDenies = true }, stop);
            }
        });
    }

    [Fact]
    public async Task A_comparison_of_patterns_ends()
    {
        var one = FilterPattern.Parse(string.Join(" ", Enumerable.Range(0, 12).Select(i => $"?\"{(char)('a' + i)}{(char)('b' + i)}\"")));
        var other = FilterPattern.Parse(string.Join(" ", Enumerable.Range(0, 12).Select(i => $"?\"{(char)('b' + i)}{(char)('a' + i)}\"")));
        await Stops(stop =>
        {
            while (true)
            {
                PatternComparison.Compare(one, other, long.MaxValue, stop);
            }
        });
    }

    // Sixty statements on sixteen keys: more classes of requests than anybody waits for.
    private static (PolicyDocument Before, PolicyDocument After) Entangled()
    {
        static PolicyDocument Document(int flipped)
        {
            var statements = new JsonArray();
            var random = new Random(4);
            for (var i = 0; i < 60; i++)
            {
                var condition = new JsonObject();
                while (condition.Count < 3)
                {
                    condition[$"aws:RequestTag/k{random.Next(16)}"] = new JsonArray("a", random.Next(2) == 0 ? "b" : "c");
                }

                statements.Add(new JsonObject
                {
                    ["Effect"] = (i % 2 == 0) == (i < flipped) ? "Deny" : "Allow",
                    ["Principal"] = "*",
                    ["Action"] = "s3:GetObject",
                    ["Resource"] = "arn:aws:s3:::amzn-s3-demo-bucket/*",
                    ["Condition"] = new JsonObject { ["StringEquals"] = condition },
                });
            }

            return PolicyDocument.Parse(new JsonObject { ["Version"] = "2012-10-17", ["Statement"] = statements }.ToJsonString(), PolicyKind.Bucket);
        }

        return (Document(0), Document(20));
    }

    private static async Task Stops(Action<CancellationToken> compute)
    {
        using var stop = new CancellationTokenSource();
        var computing = Task.Run(() => compute(stop.Token), CancellationToken.None);
        await Task.Delay(Moment, TestContext.Current.CancellationToken);
        Assert.False(computing.IsCompleted, "It ended before it was stopped, so nothing was tried.");
        await stop.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => computing.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
    }
}
