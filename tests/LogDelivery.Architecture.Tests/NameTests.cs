using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace LogDelivery.Architecture.Tests;

/// <summary>A type can be found by its name: it stands in one file, and the file has the name of a type in it.</summary>
public sealed class NameTests
{
    private static readonly IReadOnlyList<(string Type, string File, bool IsPartial)> Declared =
        [.. SourceTree.Projects.SelectMany(p => SourceTree.Of(p).Files).SelectMany(t => TypesIn(t.GetRoot()).Select(d => (d.Type, SourceTree.NameOf(t.FilePath), d.IsPartial)))];

    [Fact]
    public void No_type_name_stands_in_two_files()
    {
        var twice = Declared.GroupBy(d => d.Type, StringComparer.Ordinal)
            .Select(g => (g.Key, Files: g.Select(d => d.File).Distinct().Order(StringComparer.Ordinal).ToList(), IsPartial: g.All(d => d.IsPartial)))
            .Where(g => g.Files.Count > 1 && !(g.IsPartial && g.Files.Select(Path.GetDirectoryName).Distinct().Count() == 1))
            .Select(g => $"{g.Key}: {string.Join(", ", g.Files)}")
            .ToList();
        Assert.True(twice.Count == 0, $"Give these types names that tell them apart:\n{string.Join('\n', twice)}");
    }

    [Fact]
    public void A_file_has_the_name_of_a_type_in_it()
    {
        // A file may hold several small types of one subject; its name is then that of the subject's main type or operations.
        var files = Declared.GroupBy(d => d.File, StringComparer.Ordinal);
        var misnamed = files.Where(g => !g.Any(d => d.Type == Path.GetFileNameWithoutExtension(g.Key).Split('.')[0] || Shares(d.Type, g.Key))).Select(g => $"{g.Key}: {string.Join(", ", g.Select(d => d.Type))}").ToList();
        Assert.True(misnamed.Count == 0, $"Give these files the name of what they hold:\n{string.Join('\n', misnamed)}");
    }

    private static bool Shares(string type, string file)
    {
        var name = Path.GetFileNameWithoutExtension(file);
        return type.StartsWith(name, StringComparison.Ordinal) || name.StartsWith(type, StringComparison.Ordinal) || type.EndsWith(name, StringComparison.Ordinal) || type == $"I{name}" || name == $"I{type}"
            || (name.EndsWith('s') && type.EndsWith(name[..^1], StringComparison.Ordinal));
    }

    private static IEnumerable<(string Type, bool IsPartial)> TypesIn(SyntaxNode root) => root.DescendantNodes(n => n is not BaseMethodDeclarationSyntax).SelectMany(n => n switch
    {
        BaseTypeDeclarationSyntax t => [(t.Identifier.ValueText, t.Modifiers.Any(SyntaxKind.PartialKeyword))],
        DelegateDeclarationSyntax d => [(d.Identifier.ValueText, false)],
        _ => Array.Empty<(string, bool)>(),
    });
}
