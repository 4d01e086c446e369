namespace LogDelivery.Fuzz.Tests;

/// <summary>Every reader that is tried.</summary>
internal static class FuzzTargets
{
    public static IReadOnlyList<IFuzzTarget> All { get; } =
    [
        .. typeof(IFuzzTarget).Assembly.GetTypes()
            .Where(t => t is { IsAbstract: false, IsInterface: false } && t.IsAssignableTo(typeof(IFuzzTarget)))
            .Select(t => (IFuzzTarget)Activator.CreateInstance(t)!)
            .OrderBy(t => t.Name, StringComparer.Ordinal),
    ];

    public static IFuzzTarget Find(string name) => All.Single(t => t.Name == name);

    /// <summary>How many of all inputs a reader gets.</summary>
    public static int CountFor(IFuzzTarget target, int all) => (int)Math.Ceiling((double)all * target.Share / All.Sum(t => t.Share));
}
