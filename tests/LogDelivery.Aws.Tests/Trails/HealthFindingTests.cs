using System.Runtime.CompilerServices;
using LogDelivery.Diagnosis;
using LogDelivery.Findings;
using Xunit;

namespace LogDelivery.Aws.Tests.Health;

/// <summary>A finding and its page agree, and there is no page without a finding.</summary>
public sealed class HealthFindingTests
{
    public static TheoryData<string> Ids => [.. HealthFindings.All.Select(f => f.Id)];

    [Fact]
    public void Ids_are_unique_and_not_those_of_rules()
    {
        var ids = HealthFindings.All.Select(f => f.Id).ToArray();
        Assert.Equal(ids.Distinct().Order(StringComparer.Ordinal), ids);
        Assert.Empty(ids.Intersect(FindingCatalog.All.Select(r => r.Id)));
        Assert.Empty(HealthFindings.All.Select(f => f.Title).Intersect(FindingCatalog.All.Select(r => r.Title)));
    }

    [Fact]
    public void Every_page_has_a_finding()
        => Assert.Equal(HealthFindings.All.Select(f => f.Id), Directory.GetFiles(Pages(), "LD*.md").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_finding_and_its_page_agree(string id)
    {
        var finding = HealthFindings.All.Single(f => f.Id == id);
        var lines = File.ReadAllLines(Path.Combine(Pages(), $"{id}.md"));
        Assert.Equal($"# {id}: {finding.Title}", lines[0]);
        Assert.Contains($"| Severity | {finding.Severity} |", lines);
        Assert.Contains($"| AWS page | <{finding.Documentation}> |", lines);
        Assert.Equal(["## Situation", "## What it means", "## Example", "## Remedy", "## Related"], lines.Where(l => l.StartsWith("## ", StringComparison.Ordinal)));
        Assert.StartsWith("https://docs.aws.amazon.com/", finding.Documentation.AbsoluteUri, StringComparison.Ordinal);
        Assert.Contains($"| [{id}]({id}.md) | {finding.Title} |", File.ReadAllLines(Path.Combine(Pages(), "README.md")));
    }

    private static string Pages([CallerFilePath] string file = "")
        => Path.Combine(Path.GetDirectoryName(file)!, "..", "..", "..", "docs", "findings", "observed");
}
