using System.Globalization;
using System.Text.RegularExpressions;
using LogDelivery.Diagnosis;
using LogDelivery.Policies;
using Xunit;

namespace LogDelivery.Tests.Diagnosis;

/// <summary>A page of docs/findings, cut into the parts that tests compare with the code.</summary>
internal sealed partial class FindingPage
{
    private readonly string text;

    public FindingPage(string path)
    {
        Id = Path.GetFileNameWithoutExtension(path);
        text = File.ReadAllText(path).ReplaceLineEndings("\n");
    }

    public string Id { get; }

    public string Heading => text[..text.IndexOf('\n', StringComparison.Ordinal)];

    public IReadOnlyList<string> Sections => [.. SectionLine().Matches(text).Select(m => m.Groups[1].Value)];

    public IReadOnlyList<string> RelatedIds => [.. RelatedLink().Matches(text[text.IndexOf("## Related", StringComparison.Ordinal)..]).Select(m => m.Groups[1].Value)];

    /// <summary>The output that the example is said to have, as one line.</summary>
    public string Output => OneLine(Fence("Output:"));

    /// <summary>The second cell of a row in the table at the top.</summary>
    public string Cell(string row)
    {
        var match = Regex.Match(text, $@"^\| {Regex.Escape(row)} \| (.*) \|$", RegexOptions.Multiline);
        Assert.True(match.Success, $"{Id} has no row {row}.");
        return match.Groups[1].Value;
    }

    /// <summary>Runs the example.</summary>
    public IReadOnlyList<Finding> Run()
    {
        var delivery = DeliveryFixture.Read<DeliveryFixture>(Fence("Delivery:")).ToDelivery();
        var bucketPolicy = HasFence("Bucket policy:") ? PolicyDocument.Parse(Expand(Fence("Bucket policy:")), PolicyKind.Bucket) : null;
        var keyPolicy = HasFence("Key policy:") ? PolicyDocument.Parse(Fence("Key policy:"), PolicyKind.Key) : null;
        return PolicyTest.Run(delivery, bucketPolicy, keyPolicy).AllFindings;
    }

    /// <summary>A finding as pages show it, as one line.</summary>
    public static string Show(Finding finding) => OneLine($"{finding} Remedy: {finding.Remedy}");

    /// <summary>A text with each run of spaces and line ends as one space.</summary>
    public static string OneLine(string value) => Spaces().Replace(value, " ").Trim();

    private bool HasFence(string label) => text.Contains($"\n{label}\n\n```", StringComparison.Ordinal);

    private string Fence(string label)
    {
        var match = Regex.Match(text, $@"\n{Regex.Escape(label)}\n\n```[a-z]*\n(.*?)\n```", RegexOptions.Singleline);
        Assert.True(match.Success, $"{Id} has no block after \"{label}\".");
        return match.Groups[1].Value;
    }

    /// <summary>Writes out what a page abbreviates as <c>"team-{001..260}/*"</c>.</summary>
    private static string Expand(string json) => Range().Replace(json, match =>
    {
        var (first, last) = (match.Groups[2].Value, match.Groups[3].Value);
        var count = int.Parse(last, CultureInfo.InvariantCulture) - int.Parse(first, CultureInfo.InvariantCulture) + 1;
        return string.Join(", ", Enumerable.Range(int.Parse(first, CultureInfo.InvariantCulture), count)
            .Select(i => $"\"{match.Groups[1].Value}{i.ToString($"D{first.Length}", CultureInfo.InvariantCulture)}{match.Groups[4].Value}\""));
    });

    [GeneratedRegex("\"([^\"\\n]*)\\{(\\d+)\\.\\.(\\d+)\\}([^\"\\n]*)\"")]
    private static partial Regex Range();

    [GeneratedRegex(@"^## (.+)$", RegexOptions.Multiline)]
    private static partial Regex SectionLine();

    [GeneratedRegex(@"\]\((LD\d{4})\.md\)")]
    private static partial Regex RelatedLink();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
