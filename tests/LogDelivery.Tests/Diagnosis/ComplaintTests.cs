using System.Text.Json;
using LogDelivery.Diagnosis;
using LogDelivery.Policies;
using Xunit;

namespace LogDelivery.Tests.Diagnosis;

/// <summary>
/// What people have complained about, case by case: each file in Complaints is a delivery with its policies and settings,
/// and the findings that it must have, no more and no fewer. The numbers are those of the collection of complaints that
/// the findings were written from.
/// </summary>
public sealed class ComplaintTests
{
    private const int Count = 54;

    /// <summary>Complaints that neither policies nor settings can decide, and why.</summary>
    private static readonly Dictionary<int, string> NotDecidable = new()
    {
        [16] = "how a status field is read; the tests of trail health have it",
        [17] = "a request for trail health itself, not a case of it",
        [18] = "which time field belongs to which leg of a trail; the tests of trail health have it",
        [21] = "other people's advice to make a new bucket; our remedies are edits",
        [28] = "a right that the caller lacks; no policy of bucket or key says so",
        [51] = "emulators check no policies; the sandbox has tests of its own",
        [53] = "a repair merges and never replaces; the tests of repair have it",
        [54] = "nothing was found about this subject for PowerShell",
    };

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Diagnosis", "Complaints");

    public static TheoryData<string> Names => [.. Directory.GetFiles(Folder, "*.json").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_complaint_has_its_findings(string name)
    {
        var complaint = Read(name);
        Assert.StartsWith($"{complaint.Complaint:00}-", name, StringComparison.Ordinal);
        Assert.NotEmpty(complaint.Title);
        if (complaint.PolicyProblem is { } problem)
        {
            var text = Text(complaint.BucketPolicy) ?? Text(complaint.KeyPolicy)!;
            var kind = complaint.BucketPolicy is null ? PolicyKind.Key : PolicyKind.Bucket;
            var exception = Assert.Throws<PolicyFormatException>(() => PolicyDocument.Parse(text, kind));
            Assert.All(problem, w => Assert.Contains(w, exception.Message, StringComparison.Ordinal));
            return;
        }

        if (complaint.DeliveryProblem is { } refused)
        {
            var exception = Assert.ThrowsAny<ArgumentException>(() => Run(complaint));
            Assert.All(refused, w => Assert.Contains(w, exception.Message, StringComparison.Ordinal));
            return;
        }

        var result = Run(complaint);
        Check(complaint.Findings, result.AllFindings);
        Assert.Equal(complaint.Findings.Any(f => FindingCatalog.All.Single(r => r.Id == f.Id).Severity == FindingSeverity.Blocks), result.Blocks);
    }

    [Fact]
    public void Every_complaint_is_accounted_for()
    {
        var decided = Names.Select(n => Read(n.Data).Complaint).Distinct().ToArray();
        Assert.Empty(decided.Intersect(NotDecidable.Keys));
        Assert.Equal(Enumerable.Range(1, Count), decided.Union(NotDecidable.Keys).Order());
        Assert.All(NotDecidable.Values, Assert.NotEmpty);
    }

    private static void Check(IReadOnlyList<ExpectedFinding> expected, IReadOnlyList<Finding> actual)
    {
        var shown = string.Join(Environment.NewLine, actual.Select(f => $"{f.Id} [{f.StatementIndex}] {f.Evidence} => {f.Remedy}"));
        Assert.True(
            expected.Select(e => e.Id).Order(StringComparer.Ordinal).SequenceEqual(actual.Select(f => f.Id).Order(StringComparer.Ordinal)),
            $"Expected {string.Join(", ", expected.Select(e => e.Id))}, found{Environment.NewLine}{shown}");
        foreach (var e in expected)
        {
            Assert.True(
                actual.Any(f => f.Id == e.Id
                    && (e.Statement is null || e.Statement == f.StatementIndex)
                    && e.Evidence.All(w => f.Evidence.Contains(w, StringComparison.Ordinal))
                    && e.Remedy.All(w => f.Remedy.Contains(w, StringComparison.Ordinal))),
                $"No {e.Id} has statement {e.Statement} and the words {string.Join(" | ", e.Evidence.Concat(e.Remedy))}:{Environment.NewLine}{shown}");
        }
    }

    private static PolicyTestResult Run(ComplaintFixture complaint)
    {
        var bucketPolicy = Text(complaint.BucketPolicy) is { } b ? PolicyDocument.Parse(b, PolicyKind.Bucket) : null;
        var keyPolicy = Text(complaint.KeyPolicy) is { } k ? PolicyDocument.Parse(k, PolicyKind.Key) : null;
        return PolicyTest.Run(complaint.Delivery!.ToDelivery(), bucketPolicy, keyPolicy);
    }

    private static ComplaintFixture Read(string name)
        => DeliveryFixture.Read<ComplaintFixture>(File.ReadAllText(Path.Combine(Folder, $"{name}.json")));

    private static string? Text(JsonElement? policy) => policy?.GetRawText();
}

/// <summary>One file in Complaints.</summary>
public sealed record ComplaintFixture
{
    public required int Complaint { get; init; }

    public required string Title { get; init; }

    public DeliveryFixture? Delivery { get; init; }

    public JsonElement? BucketPolicy { get; init; }

    public JsonElement? KeyPolicy { get; init; }

    public IReadOnlyList<ExpectedFinding> Findings { get; init; } = [];

    /// <summary>Words of the error when the document itself is refused.</summary>
    public IReadOnlyList<string>? PolicyProblem { get; init; }

    /// <summary>Words of the error when the delivery itself is refused.</summary>
    public IReadOnlyList<string>? DeliveryProblem { get; init; }
}

/// <summary>A finding that a complaint must have, with words of its texts.</summary>
public sealed record ExpectedFinding
{
    public required string Id { get; init; }

    public int? Statement { get; init; }

    public IReadOnlyList<string> Evidence { get; init; } = [];

    public IReadOnlyList<string> Remedy { get; init; } = [];
}
