using Microsoft.CodeAnalysis;
using Xunit;

namespace LogDelivery.Architecture.Tests;

/// <summary>Public is what scripts, views and their tests name, and nothing else: the list is PublicTypes.txt.</summary>
public sealed class PublicTypeTests
{
    private const string ListFile = "tests/LogDelivery.Architecture.Tests/PublicTypes.txt";

    [Fact]
    public void The_list_of_public_types_is_that_of_the_code()
    {
        var listed = Repository.Read(ListFile).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var found = SourceTree.Projects.Where(p => p != "LogDelivery.Cli").SelectMany(p => PublicTypes(SourceTree.Of(p).Compilation.Assembly.GlobalNamespace)).Order(StringComparer.Ordinal).ToList();
        var added = found.Except(listed);
        var gone = listed.Except(found);
        Assert.True(!added.Any(), $"These types are public and not in {ListFile}. Make them internal, or add them where a script, a view or a test of a script names them: {string.Join(", ", added)}.");
        Assert.True(!gone.Any(), $"{ListFile} lists types that are not public any more. A script may name them: {string.Join(", ", gone)}.");
    }

    private static IEnumerable<string> PublicTypes(INamespaceOrTypeSymbol within) => within.GetMembers().SelectMany(m => m switch
    {
        INamespaceSymbol inner => PublicTypes(inner),
        INamedTypeSymbol { DeclaredAccessibility: Accessibility.Public } type => [type.ToDisplayString(), .. PublicTypes(type)],
        _ => [],
    });
}
