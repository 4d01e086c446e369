using System.Reflection;

namespace LogDelivery;

/// <summary>Every kind of finding, whether a rule makes it or a reader of logs or settings.</summary>
public static class FindingCatalog
{
    private const BindingFlags StaticFields = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    // Scripts and documentation need the list, diagnosis does not. So the search costs nothing until somebody asks for it, and
    // a new kind has no list to be added to.
    private static readonly Lazy<IReadOnlyList<FindingKind>> Kinds = new(()
        => [.. typeof(FindingKind).Assembly.GetTypes()
            .SelectMany(t => t.GetFields(StaticFields))
            .Where(f => f.FieldType == typeof(FindingKind))
            .Select(f => (FindingKind)f.GetValue(null)!)
            .OrderBy(k => k.Id, StringComparer.Ordinal)]);

    /// <summary>All kinds, by id.</summary>
    public static IReadOnlyList<FindingKind> All => Kinds.Value;
}
