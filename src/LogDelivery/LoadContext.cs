using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.Loader;

namespace LogDelivery;

/// <summary>
/// The load context of the cmdlets: they and what they depend on stay apart from what other modules load, so that nobody's
/// versions collide. Only this assembly is shared, as scripts name its types.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class LoadContext : AssemblyLoadContext
{
    private static readonly object Gate = new();
    private static LoadContext? instance;

    private readonly Assembly shared = typeof(LoadContext).Assembly;
    private readonly string folder;

    private LoadContext(string folder)
        : base("LogDelivery", isCollectible: false)
        => this.folder = folder;

    /// <summary>Loads the assembly of the cmdlets. Further runspaces and imports get the same one.</summary>
    /// <returns>The assembly to give to <c>Import-Module -Assembly</c>.</returns>
    [UnconditionalSuppressMessage("SingleFile", "IL3000", Justification = "A module is a folder of files; programs that are one file never call this.")]
    public static Assembly Initialize()
    {
        lock (Gate)
        {
            instance ??= new(Path.GetDirectoryName(typeof(LoadContext).Assembly.Location)!);
            return instance.LoadFromAssemblyName(new("LogDelivery.Commands"));
        }
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        ArgumentNullException.ThrowIfNull(assemblyName);
        if (AssemblyName.ReferenceMatchesDefinition(assemblyName, shared.GetName()))
        {
            return shared;
        }

        // Ours come from the module's folder; System.Management.Automation and the framework from the host.
        var path = Path.Combine(folder, $"{assemblyName.Name}.dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }
}
