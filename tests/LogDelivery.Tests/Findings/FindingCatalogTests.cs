using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using LogDelivery.Diagnosis;
using LogDelivery.Tests.Diagnosis;
using Xunit;

namespace LogDelivery.Tests.Findings;

/// <summary>
/// A finding is a kind, a page, a row of the index and a test. A step that was left out fails here, with a sentence that names it.
/// </summary>
public sealed partial class FindingCatalogTests
{
    private const string Index = "docs/findings/README.md";
    private static readonly string[] Sections = ["Situation", "What it means", "Example", "Remedy", "Related"];
    private static readonly Lazy<HashSet<string>> TestedIds = new(() => [.. SourceFiles().SelectMany(f => QuotedId().Matches(File.ReadAllText(f)).Select(m => m.Groups["id"].Value))]);

    public static TheoryData<string> Ids => [.. FindingCatalog.All.Select(k => k.Id)];

    public static TheoryData<string> RuleIds => [.. FindingRules.All.Select(r => r.Kind.Id)];

    [Fact]
    public void No_id_is_used_twice()
        => MissingSteps.Report(FindingCatalog.All.GroupBy(k => k.Id).Where(g => g.Count() > 1)
            .Select(g => $"{g.Key} is declared {g.Count()} times ({string.Join("; ", g.Select(k => k.Title))}): the next free id is {NextId()}."));

    [Fact]
    public void Every_rule_is_in_the_list_of_rules()
    {
        var listed = FindingRules.All.Select(r => r.GetType()).ToArray();
        var classes = typeof(FindingRule).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(FindingRule)) && !t.IsAbstract);
        MissingSteps.Report(classes.Where(t => listed.Count(l => l == t) != 1)
            .Select(t => $"{t.Name} has to be listed once in src/LogDelivery/Diagnosis/FindingRules.cs, at the place of its precedence."));
    }

    [Fact]
    public void Every_rule_declares_its_kind_as_a_static_field()
        => MissingSteps.Report(FindingRules.All.Where(r => !FindingCatalog.All.Contains(r.Kind))
            .Select(r => $"{r.GetType().Name} makes its kind {r.Kind.Id} in passing: declare it as a static field, where FindingCatalog finds it."));

    [Fact]
    public void Rules_about_refused_calls_block()
        => Assert.All(FindingRules.Refusals.Concat<FindingRule>(FindingRules.Denials), r => Assert.Equal(FindingSeverity.Blocks, r.Kind.Severity));

    [Fact]
    public void Every_page_has_a_kind()
        => MissingSteps.Report(Directory.GetFiles(Repository.FindingPages, "*.md", SearchOption.AllDirectories)
            .Where(f => Path.GetFileName(f) != "README.md")
            .Select(f => Path.GetFileNameWithoutExtension(f))
            .Except(FindingCatalog.All.Select(k => k.Id))
            .Select(id => $"docs/findings has a page {id}.md, but no code declares {id}: declare a static field of type FindingKind in what makes the finding."));

    [Fact]
    public void The_index_has_a_row_for_every_kind_by_id()
    {
        var rows = File.ReadAllLines(Path.Combine(Repository.FindingPages, "README.md")).Where(l => l.StartsWith("| [LD", StringComparison.Ordinal)).ToArray();
        var expected = FindingCatalog.All.Select(k => $"| [{k.Id}]({k.Id}.md) | {k.Severity} | {k.Title} |").ToArray();
        MissingSteps.Report([
            .. expected.Except(rows).Select(r => $"{Index} lacks the row: {r}"),
            .. rows.Except(expected).Select(r => $"{Index} has a row that no kind agrees with: {r}"),
        ]);
        Assert.True(expected.SequenceEqual(rows), $"The rows of {Index} have to be sorted by id, each once.");
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_kind_is_complete(string id)
    {
        var kind = FindingCatalog.All.First(k => k.Id == id);
        MissingSteps.Report([.. DeclarationOf(kind), .. PageOf(kind), .. TestOf(kind)]);
    }

    [Theory]
    [MemberData(nameof(RuleIds))]
    public void The_example_on_the_page_of_a_rule_has_the_output_that_is_printed_there(string id)
    {
        var page = new FindingPage(PathOf(id));
        Assert.Contains(page.Output, page.Run().Where(f => f.Id == id).Select(FindingPage.Show));
    }

    private static IEnumerable<string> DeclarationOf(FindingKind kind)
    {
        if (!IdForm().IsMatch(kind.Id))
        {
            yield return $"{kind.Id} is no id: ids are LD and four digits; the next free one is {NextId()}.";
        }

        if (kind.Title.Length == 0 || kind.Title.EndsWith('.'))
        {
            yield return $"{kind.Id} has no title, or one that ends in a full stop: \"{kind.Title}\".";
        }

        if (!kind.Documentation.AbsoluteUri.StartsWith("https://docs.aws.amazon.com/", StringComparison.Ordinal))
        {
            yield return $"{kind.Id} refers to {kind.Documentation}, which is no page of docs.aws.amazon.com: add the page to src/LogDelivery/Findings/AwsPages.cs.";
        }
    }

    private static IEnumerable<string> PageOf(FindingKind kind)
    {
        var name = $"docs/findings/{kind.Id}.md";
        var heading = $"# {kind.Id}: {kind.Title}";
        if (!File.Exists(PathOf(kind.Id)))
        {
            yield return $"{kind.Id} has no page: write {name} with the heading '{heading}'.";
            yield break;
        }

        var page = new FindingPage(PathOf(kind.Id));
        if (page.Heading != heading)
        {
            yield return $"{name} has the heading '{page.Heading}' in place of '{heading}'.";
        }

        if (page.Cell("Severity") != kind.Severity.ToString())
        {
            yield return $"{name} has the severity {page.Cell("Severity")}, the code has {kind.Severity}.";
        }

        if (!page.Cell("AWS page").Contains($"<{kind.Documentation}>", StringComparison.Ordinal))
        {
            yield return $"{name} lacks the AWS page <{kind.Documentation}>.";
        }

        if (!page.Sections.SequenceEqual(Sections))
        {
            yield return $"{name} has the sections {string.Join(", ", page.Sections)} in place of {string.Join(", ", Sections)}.";
        }

        if (!page.Output.StartsWith($"{kind.Id} {kind.Title}: ", StringComparison.Ordinal))
        {
            yield return $"{name} has no example of the finding: after 'Output:' a block that begins with '{kind.Id} {kind.Title}: '.";
        }

        foreach (var related in page.RelatedIds.Where(r => FindingCatalog.All.All(k => k.Id != r)))
        {
            yield return $"{name} refers to {related}, which no code declares.";
        }
    }

    // A rule's page has an example that a test runs; what needs logs or AWS has to be asked for by its id in some test.
    private static IEnumerable<string> TestOf(FindingKind kind)
        => FindingRules.All.Any(r => r.Kind == kind) || TestedIds.Value.Contains(kind.Id) ? []
            : [$"{kind.Id} has no test: no file under tests/ names \"{kind.Id}\". Write one that makes the finding appear."];

    private static string NextId() => $"LD{FindingCatalog.All.Max(k => int.Parse(k.Id[2..], System.Globalization.CultureInfo.InvariantCulture)) + 1:D4}";

    private static string PathOf(string id) => Path.Combine(Repository.FindingPages, $"{id}.md");

    private static IEnumerable<string> SourceFiles([CallerFilePath] string here = "")
        => Directory.EnumerateFiles(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    [GeneratedRegex("^LD[0-9]{4}$")]
    private static partial Regex IdForm();

    [GeneratedRegex("\"(?<id>LD[0-9]{4})\"", RegexOptions.ExplicitCapture)]
    private static partial Regex QuotedId();
}
