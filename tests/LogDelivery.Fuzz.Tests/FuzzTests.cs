using Xunit;

// Time and memory are those of the process: one reader at a time.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace LogDelivery.Fuzz.Tests;

/// <summary>
/// Damaged inputs for every reader: none may throw what its reader does not document, take for ever, take memory without end, or
/// bring a control character to a screen.
/// </summary>
public class FuzzTests(ITestOutputHelper output)
{
    private const int FixedSeed = 20_261_201;
    private const int UsualCount = 50_000;
    private const int LongCount = 1_000_000;

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "faults");
    private static readonly Lazy<CoverageContext> Coverage = new(() => new CoverageContext());

    public static IEnumerable<TheoryDataRow<string>> Targets => FuzzTargets.All.Select(t => new TheoryDataRow<string>(t.Name));

    [Theory]
    [MemberData(nameof(Targets))]
    public void What_is_kept_is_read_soundly(string target) => Check(FuzzSession.Run(target, 0, 0, Folder, 0));

    [Theory]
    [MemberData(nameof(Targets))]
    public void Damaged_inputs_are_read_soundly(string target)
    {
        var count = FuzzTargets.CountFor(FuzzTargets.Find(target), LongForm.IsOn ? LongCount : UsualCount);

        // The usual run is the same every time, so that a change fails by what it changes. The long form looks at inputs that were never
        // seen before, too.
        var never = LongForm.IsOn ? count / 5 : 0;
        foreach (var (seed, part) in new[] { (FixedSeed, count - never), (Random.Shared.Next(int.MaxValue / 2), never) }.Where(r => r.Item2 > 0))
        {
            Check(LongForm.IsOn
                ? (string)Coverage.Value.Session.Invoke(null, [target, seed, part, Folder, Coverage.Value.Map])!
                : FuzzSession.Run(target, seed, part, Folder, 0));
        }
    }

    [Fact]
    public void No_kept_input_is_without_a_reader()
        => Assert.Empty(Directory.Exists(Corpus.Folder) ? Directory.EnumerateDirectories(Corpus.Folder).Select(Path.GetFileName).Except(FuzzTargets.All.Select(t => t.Name)) : []);

    [Fact]
    public void A_seed_makes_one_input()
    {
        byte[][] corpus = ["{\"a\":[1,2]}"u8.ToArray(), "text"u8.ToArray()];
        Assert.All(Enumerable.Range(0, 500), seed => Assert.Equal(Mutator.Mutate(corpus, seed), Mutator.Mutate(corpus, seed)));
        Assert.True(Enumerable.Range(0, 500).Select(seed => Convert.ToHexString(Mutator.Mutate(corpus, seed))).Distinct().Count() > 400);
    }

    private void Check(string report)
    {
        output.WriteLine(report);
        Assert.True(report.StartsWith("ok ", StringComparison.Ordinal), report);
    }
}
