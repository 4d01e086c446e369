using System.Xml.Linq;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace LogDelivery.Architecture.Tests;

/// <summary>Arrows between the assemblies go one way, and only one assembly knows the SDK.</summary>
public sealed class AssemblyTests
{
    [Theory]
    [InlineData("LogDelivery")]
    [InlineData("LogDelivery.Aws", "LogDelivery")]
    [InlineData("LogDelivery.Sandbox", "LogDelivery")]
    [InlineData("LogDelivery.Commands", "LogDelivery", "LogDelivery.Aws", "LogDelivery.Sandbox")]
    [InlineData("LogDelivery.Cli", "LogDelivery", "LogDelivery.Aws", "LogDelivery.Sandbox")]
    public void A_project_references_no_other_than_these(string project, params string[] allowed)
    {
        var referenced = XDocument.Load(Path.Combine(Repository.Root, "src", project, $"{project}.csproj"))
            .Descendants("ProjectReference")
            .Where(r => (string?)r.Attribute("ReferenceOutputAssembly") != "false")
            .Select(r => Path.GetFileNameWithoutExtension(((string)r.Attribute("Include")!).Replace('\\', '/')));
        Assert.Subset(allowed.ToHashSet(), referenced.ToHashSet());
    }

    [Fact]
    public void Every_project_has_a_row_above()
    {
        var rows = typeof(AssemblyTests).GetMethod(nameof(A_project_references_no_other_than_these))!
            .GetCustomAttributes(typeof(InlineDataAttribute), false).Cast<InlineDataAttribute>().Select(d => (string)d.Data[0]!);
        Assert.Equal(SourceTree.Projects, rows.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Only_the_AWS_assembly_knows_the_SDK()
    {
        var foreign = SourceTree.Projects.Where(p => p != "LogDelivery.Aws")
            .SelectMany(p => SourceTree.Of(p).Files)
            .SelectMany(t => t.GetRoot().DescendantNodes().OfType<UsingDirectiveSyntax>().Where(u => u.Name?.ToString().StartsWith("Amazon", StringComparison.Ordinal) == true).Select(u => $"{SourceTree.NameOf(t.FilePath)}: {u}"));
        Assert.Empty(foreign);
    }
}
