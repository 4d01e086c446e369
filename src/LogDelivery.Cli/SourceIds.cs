using LogDelivery.Sources;

namespace LogDelivery.Cli;

/// <summary>The ids of sources that a user gives.</summary>
internal static class SourceIds
{
    /// <summary>The ids as the catalog has them.</summary>
    /// <exception cref="UserException">There is no such source.</exception>
    public static string[] Of(string[]? ids) => [.. (ids ?? []).Select(Of)];

    private static string Of(string id) => SourceCatalog.Find(id)?.Id
        ?? throw new UserException($"'{id}' is no delivery source. The sources are {string.Join(", ", SourceCatalog.All.Select(s => s.Id))}.");
}
