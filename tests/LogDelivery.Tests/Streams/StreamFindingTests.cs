using LogDelivery.Diagnosis;
using LogDelivery.Findings;
using LogDelivery.Gateways;
using LogDelivery.Streams;
using LogDelivery.Tests.Diagnosis;
using Xunit;

namespace LogDelivery.Tests.Streams;

/// <summary>A finding and its page agree, there is no page without a finding, and each is found in some chain.</summary>
public sealed class StreamFindingTests
{
    private static readonly string Pages = Path.Combine(Repository.FindingPages, "stream");

    public static TheoryData<string> Ids => [.. StreamFindings.All.Select(f => f.Id)];

    [Fact]
    public void Ids_are_unique_and_in_order()
    {
        var ids = StreamFindings.All.Select(f => f.Id).ToArray();
        Assert.Equal(ids.Distinct().Order(StringComparer.Ordinal), ids);
        Assert.All(ids, id => Assert.Matches("^LD01[0-3][0-9]$", id));
        Assert.Equal(ids.Length, StreamFindings.All.Select(f => f.Title).Distinct().Count());
        Assert.Empty(ids.Intersect(FindingCatalog.All.Select(r => r.Id).Concat(HealthFindings.All.Select(f => f.Id))));
    }

    [Fact]
    public void Every_page_has_a_finding()
        => Assert.Equal(StreamFindings.All.Select(f => f.Id), Directory.GetFiles(Pages, "LD*.md").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_finding_and_its_page_agree(string id)
    {
        var finding = StreamFindings.All.Single(f => f.Id == id);
        var lines = File.ReadAllLines(Path.Combine(Pages, $"{id}.md"));
        Assert.Equal($"# {id}: {finding.Title}", lines[0]);
        Assert.Contains($"| Severity | {finding.Severity} |", lines);
        Assert.Contains($"| AWS page | <{finding.Documentation}> |", lines);
        Assert.Equal(["## Situation", "## What it means", "## Example", "## Remedy", "## Related"], lines.Where(l => l.StartsWith("## ", StringComparison.Ordinal)));
        Assert.Equal(finding.ToString(), lines[Array.IndexOf(lines, "```text") + 1]);
        Assert.StartsWith("https://docs.aws.amazon.com/", finding.Documentation.AbsoluteUri, StringComparison.Ordinal);
        Assert.Contains($"| [{id}]({id}.md) | {finding.Title} |", File.ReadAllLines(Path.Combine(Pages, "README.md")));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_finding_is_found_in_some_chain(string id)
    {
        var chains = Breaks.All.Select(b => b.Apply).Concat(Situations).Select(apply =>
        {
            var chain = new StreamChain();
            apply(chain);
            return chain;
        });
        Assert.Contains(chains, c => c.Test().SelectMany(r => r.Findings).Any(f => f.Id == id));
    }

    /// <summary>What breaks nothing, and what only shows in what AWS observes.</summary>
    private static IEnumerable<Action<StreamChain>> Situations =>
    [
        c => c.Filter = c.Filter with { Pattern = "{ $.eventName = }" },
        c => c.Filter = c.Filter with { Pattern = "{ $.eventname = \"consolelogin\" }" },
        c => c.StreamTrust = c.StreamTrust.Replace("\"Condition\":{\"StringEquals\":{\"sts:ExternalId\":\"111122223333\"}}", "\"Sid\":\"All\"", StringComparison.Ordinal),
        c => c.Changes.Add(p => p with { Stream = Readable.Missing<StreamDescription>() }),
        c => c.Stream = c.Stream with { Destination = null, DestinationKind = "Splunk" },
        c => c.Changes.Add(p => p with { Key = Readable.Missing<KeyDescription>() }),
        c => c.Destination = c.Destination with { Processors = [new("Decompression", new Dictionary<string, string>())] },
        c => c.Destination = c.Destination with { Prefix = "consolelogin/!{timestamp:YYYY/MM/dd}/" },
        c => c.Changes.Add(p => p with
        {
            ErrorLog = Readable.Found<IReadOnlyList<LogGroupEvent>>([new("DestinationDelivery", StreamChain.Now.UtcDateTime.AddMinutes(-1), """{"deliveryStreamARN":"x","message":"Access was denied.","errorCode":"S3.AccessDenied"}""")]),
        }),
        c => c.Changes.Add(p => p with
        {
            FailedRecords = Readable.Found<IReadOnlyList<FailedRecord>>([new("consolelogin/processing-failed/x", "Lambda.FunctionError", "It failed.", 4, null, 10)]),
        }),
        c => c.Changes.Add(p => p with { NewestObject = Readable.Missing<BucketObject>() }),
    ];
}
