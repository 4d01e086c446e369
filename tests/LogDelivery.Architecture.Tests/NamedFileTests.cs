using System.Text.RegularExpressions;
using Xunit;

namespace LogDelivery.Architecture.Tests;

/// <summary>The pages for contributors name files that are there.</summary>
public sealed partial class NamedFileTests
{
    public static TheoryData<string> Pages => ["ARCHITECTURE.md", "CONTRIBUTING.md"];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Each_file_that_a_page_names_exists(string page)
    {
        var named = NamePattern().Matches(Repository.Read(page)).Select(m => m.Groups["path"].Value).Where(p => !p.Contains('*', StringComparison.Ordinal)).Distinct().ToList();
        Assert.NotEmpty(named);
        var missing = named.Where(p => !File.Exists(Path.Combine(Repository.Root, p)) && !Directory.Exists(Path.Combine(Repository.Root, p)));
        Assert.True(!missing.Any(), $"{page} names files that are not there: {string.Join(", ", missing)}.");
    }

    [GeneratedRegex("`(?<path>(?:src|tests|docs|bench|module|tools|samples)/[^`\\s]+)`")]
    private static partial Regex NamePattern();
}
