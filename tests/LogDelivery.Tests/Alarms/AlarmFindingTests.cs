using System.Runtime.CompilerServices;
using LogDelivery.Alarms;
using LogDelivery.Diagnosis;
using Xunit;

namespace LogDelivery.Tests.Alarms;

/// <summary>A finding about alarms and its page agree, and there is no page without a finding.</summary>
public sealed class AlarmFindingTests
{
    public static TheoryData<string> Ids => [.. AlarmFindings.All.Select(f => f.Id)];

    [Fact]
    public void Every_page_has_a_finding_and_every_id_is_its_own()
    {
        Assert.Equal(AlarmFindings.All.Select(f => f.Id), Directory.GetFiles(Pages(), "LD*.md").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal));
        Assert.Distinct(AlarmFindings.All.Select(f => f.Id));
        Assert.Empty(AlarmFindings.All.Select(f => f.Id).Intersect(FindingCatalog.All.Select(r => r.Id)));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_finding_and_its_page_agree(string id)
    {
        var finding = AlarmFindings.All.Single(f => f.Id == id);
        var lines = File.ReadAllLines(Path.Combine(Pages(), $"{id}.md"));
        Assert.Equal($"# {id}: {finding.Title}", lines[0]);
        Assert.Contains($"| Severity | {finding.Severity} |", lines);
        Assert.Contains($"| AWS page | <{finding.Documentation}> |", lines);
        Assert.Equal(["## Situation", "## What it means", "## Example", "## Remedy", "## Related"], lines.Where(l => l.StartsWith("## ", StringComparison.Ordinal)));
        Assert.Contains($"| [{id}]({id}.md) | {finding.Title} |", File.ReadAllLines(Path.Combine(Pages(), "README.md")));
    }

    private static string Pages([CallerFilePath] string file = "")
        => Path.Combine(Path.GetDirectoryName(file)!, "..", "..", "..", "docs", "findings", "alarms");
}
