using System.Reflection;
using LogDelivery.Diagnosis;
using Xunit;

namespace LogDelivery.Tests.Diagnosis;

/// <summary>A finding is four things that have to agree: the id, the class, the test and the page.</summary>
public sealed class FindingCatalogTests
{
    private static readonly string[] Sections = ["Situation", "What it means", "Example", "Remedy", "Related"];

    public static TheoryData<string> Ids => [.. FindingCatalog.All.Select(r => r.Id)];

    [Fact]
    public void Ids_are_unique_well_formed_and_in_order()
    {
        var ids = FindingCatalog.All.Select(r => r.Id).ToArray();
        Assert.Equal(ids.Distinct().Order(StringComparer.Ordinal), ids);
        Assert.All(ids, id => Assert.Matches("^LD00[0-6][0-9]$", id));
    }

    [Fact]
    public void Titles_are_unique()
        => Assert.Equal(FindingCatalog.All.Count, FindingCatalog.All.Select(r => r.Title).Distinct().Count());

    [Fact]
    public void Every_rule_class_is_in_the_catalog_once()
    {
        var classes = typeof(FindingRule).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(FindingRule)) && !t.IsAbstract).ToArray();
        Assert.All(classes, t => Assert.True(t.IsSealed));
        Assert.Equal(classes.OrderBy(t => t.Name), FindingCatalog.All.Select(r => r.GetType()).OrderBy(t => t.Name));
    }

    [Fact]
    public void Every_page_has_a_rule()
        => Assert.Equal(FindingCatalog.All.Select(r => r.Id), Directory.GetFiles(Repository.FindingPages, "LD*.md").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal));

    [Fact]
    public void The_index_lists_every_page_below_its_severity()
    {
        var index = File.ReadAllText(Path.Combine(Repository.FindingPages, "README.md")).ReplaceLineEndings("\n");
        foreach (var bySeverity in FindingCatalog.All.GroupBy(r => r.Severity))
        {
            var section = index[index.IndexOf($"## {bySeverity.Key}\n", StringComparison.Ordinal)..];
            var end = section.IndexOf("\n## ", StringComparison.Ordinal);
            var rows = (end < 0 ? section : section[..end]).Split('\n').Where(l => l.StartsWith("| [", StringComparison.Ordinal));
            Assert.Equal(bySeverity.Select(r => $"| [{r.Id}]({r.Id}.md) | {r.Title} |"), rows);
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_finding_has_a_test(string id)
    {
        var marked = typeof(FindingCatalogTests).Assembly.GetTypes()
            .SelectMany(t => t.GetMethods().Append<MemberInfo>(t))
            .SelectMany(m => m.GetCustomAttributes<FindingAttribute>())
            .Select(a => a.Id);
        Assert.Contains(id, marked);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_finding_and_its_page_agree(string id)
    {
        var rule = FindingCatalog.All.Single(r => r.Id == id);
        var page = new FindingPage(Path.Combine(Repository.FindingPages, $"{id}.md"));
        Assert.Equal($"# {id}: {rule.Title}", page.Heading);
        Assert.Equal(rule.Severity.ToString(), page.Cell("Severity"));
        Assert.Equal($"<{rule.Documentation}>", page.Cell("AWS page"));
        Assert.Equal(Sections, page.Sections);
        Assert.All(page.RelatedIds, r => Assert.Contains(r, FindingCatalog.All.Select(f => f.Id)));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_example_on_the_page_has_the_output_that_is_printed_there(string id)
    {
        var page = new FindingPage(Path.Combine(Repository.FindingPages, $"{id}.md"));
        Assert.Contains(page.Output, page.Run().Where(f => f.Id == id).Select(FindingPage.Show));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void An_aws_page_is_an_https_address(string id)
        => Assert.StartsWith("https://docs.aws.amazon.com/", FindingCatalog.All.Single(r => r.Id == id).Documentation.AbsoluteUri, StringComparison.Ordinal);
}
