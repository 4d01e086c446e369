using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LogDelivery.Architecture.Tests;

/// <summary>A type of one room, named in a file of another.</summary>
internal sealed record RoomUse(string From, string To, string File, string Type)
{
    public override string ToString() => $"{From} -> {To}: {File} uses {Type}";
}

/// <summary>Finds which rooms of an assembly use which.</summary>
internal static class RoomUses
{
    // Logs is a floor of its own: its folders are rooms. The plain files beside the rooms put everything together.
    private const string Floor = "Logs";

    private static readonly ConcurrentDictionary<string, Lazy<IReadOnlyList<RoomUse>>> Found = [];

    public static string RoomOf(SourceTree sources, string file)
    {
        var parts = Path.GetRelativePath(sources.Root, file).Split(Path.DirectorySeparatorChar);
        return parts switch
        {
            [_] => "(root)",
            [Floor, var room, _, ..] => $"{Floor}/{room}",
            _ => parts[0],
        };
    }

    /// <summary>The uses of a project, found once.</summary>
    public static IReadOnlyList<RoomUse> Of(string project) => Found.GetOrAdd(project, p => new(() => Find(SourceTree.Of(p)))).Value;

    private static IReadOnlyList<RoomUse> Find(SourceTree sources)
    {
        var uses = new HashSet<RoomUse>();
        var own = sources.Files.ToHashSet();
        foreach (var tree in sources.Files)
        {
            var from = RoomOf(sources, tree.FilePath);
            var model = sources.Compilation.GetSemanticModel(tree);
            foreach (var name in tree.GetRoot().DescendantNodes(n => n is not UsingDirectiveSyntax).OfType<SimpleNameSyntax>())
            {
                if (OutermostType(model.GetSymbolInfo(name).Symbol) is not { } type)
                {
                    continue;
                }

                foreach (var to in type.DeclaringSyntaxReferences.Where(r => own.Contains(r.SyntaxTree)).Select(r => RoomOf(sources, r.SyntaxTree.FilePath)).Where(r => r != from))
                {
                    uses.Add(new(from, to, SourceTree.NameOf(tree.FilePath), type.Name));
                }
            }
        }

        return [.. uses];
    }

    private static INamedTypeSymbol? OutermostType(ISymbol? symbol)
    {
        var type = symbol as INamedTypeSymbol ?? symbol?.ContainingType;
        while (type?.ContainingType is { } outer)
        {
            type = outer;
        }

        return type?.OriginalDefinition;
    }
}
