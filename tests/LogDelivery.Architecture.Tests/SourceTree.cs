using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LogDelivery.Architecture.Tests;

/// <summary>The sources of a product assembly, compiled in memory far enough to know which type each name means.</summary>
internal sealed class SourceTree
{
    public const string Engine = "LogDelivery";

    private const string ImplicitUsings =
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;";

    private static readonly MetadataReference[] Framework =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(p => Path.GetFileName(p).StartsWith("System.", StringComparison.Ordinal))
            .Select(p => MetadataReference.CreateFromFile(p))];

    private static readonly ConcurrentDictionary<string, Lazy<SourceTree>> Read = [];

    private SourceTree(string project, params SourceTree[] references)
    {
        Root = Path.Combine(Repository.Root, "src", project);
        var options = new CSharpParseOptions(LanguageVersion.Latest);
        Files = [.. Directory.EnumerateFiles(Root, "*.cs", SearchOption.AllDirectories)
            .Where(f => !IsBuilt(f))
            .Order(StringComparer.Ordinal)
            .Select(f => CSharpSyntaxTree.ParseText(File.ReadAllText(f), options, f))];
        Compilation = CSharpCompilation.Create(
            project,
            [.. Files, CSharpSyntaxTree.ParseText(ImplicitUsings, options)],
            [.. Framework, .. references.Select(r => r.Compilation.ToMetadataReference())],
            new(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, allowUnsafe: true));
    }

    public string Root { get; }

    public IReadOnlyList<SyntaxTree> Files { get; }

    public CSharpCompilation Compilation { get; }

    /// <summary>The sources of a project, read once.</summary>
    public static SourceTree Of(string project)
        => Read.GetOrAdd(project, p => new(() => p == Engine ? new(p) : new(p, Of(Engine)))).Value;

    public static IEnumerable<string> Projects => Directory.EnumerateDirectories(Path.Combine(Repository.Root, "src")).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal);

    /// <summary>A file's path within the repository, with slashes.</summary>
    public static string NameOf(string file) => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/');

    private bool IsBuilt(string file) => Path.GetRelativePath(Root, file).Split(Path.DirectorySeparatorChar)[0] is "obj" or "bin";
}
