using System.Buffers.Text;
using System.Globalization;
using LogDelivery.Policies;

namespace LogDelivery.Sources;

/// <summary>Which sources a principal of a log may be: service principals, also those of one Region, accounts from before them, canonical users.</summary>
internal static class DeliveryPrincipals
{
    private const string RegionPlaceholder = "{region}.";

    private static readonly Dictionary<string, DeliverySource[]> ByService = Services()
        .GroupBy(p => p.Service, p => p.Source, StringComparer.Ordinal)
        .ToDictionary(g => g.Key, g => g.Distinct().ToArray(), StringComparer.Ordinal);

    // Written with a Region in it: logs.{region}.amazonaws.com.
    private static readonly Dictionary<string, DeliverySource[]> ByRegionalService = Services()
        .Where(p => p.IsRegional)
        .GroupBy(p => p.Service, p => p.Source, StringComparer.Ordinal)
        .ToDictionary(g => g.Key, g => g.Distinct().ToArray(), StringComparer.Ordinal);

    private static readonly Dictionary<string, DeliverySource[]> ByAccount = SourceCatalog.All
        .Where(s => s.LegacyAccounts is not null)
        .SelectMany(s => s.LegacyAccounts!.Ids, (source, id) => (source, id))
        .GroupBy(p => p.id, p => p.source, StringComparer.Ordinal)
        .ToDictionary(g => g.Key, g => g.ToArray(), StringComparer.Ordinal);

    private static readonly Dictionary<string, DeliverySource[]> ByCanonicalUser = SourceCatalog.All
        .Where(s => s.CanonicalUserId is not null)
        .GroupBy(s => s.CanonicalUserId!, StringComparer.Ordinal)
        .ToDictionary(g => g.Key, g => g.ToArray(), StringComparer.Ordinal);

    private static readonly HashSet<long> Accounts = [.. ByAccount.Keys.Select(id => long.Parse(id, CultureInfo.InvariantCulture))];

    /// <summary>The sources of a service principal.</summary>
    /// <param name="service">Such as <c>delivery.logs.amazonaws.com</c>.</param>
    public static IReadOnlyList<DeliverySource> OfService(string? service)
    {
        if (service is null)
        {
            return [];
        }

        service = service.EndsWith(".cn", StringComparison.Ordinal) ? service[..^3] : service;
        return ByService.GetValueOrDefault(service)
            ?? ByRegionalService.FirstOrDefault(p => ServicePrincipals.IsInRegion(service, p.Key)).Value
            ?? [];
    }

    /// <summary>Whether sources have written with an account, by its bytes as they stand in a log.</summary>
    /// <param name="accountId">The 12-digit id; anything else is none.</param>
    public static bool HasAccount(ReadOnlySpan<byte> accountId)
        => Utf8Parser.TryParse(accountId, out long number, out var used) && used == accountId.Length && Accounts.Contains(number);

    /// <summary>The sources that an AWS account wrote before they had a service principal.</summary>
    /// <param name="accountId">The 12-digit id.</param>
    public static IReadOnlyList<DeliverySource> OfAccount(string? accountId)
        => accountId is not null && ByAccount.TryGetValue(accountId, out var sources) ? sources : [];

    /// <summary>The sources that a canonical user is a grantee for.</summary>
    /// <param name="canonicalId">64 hexadecimal digits.</param>
    public static IReadOnlyList<DeliverySource> OfCanonicalUser(string? canonicalId)
        => canonicalId is not null && ByCanonicalUser.TryGetValue(canonicalId, out var sources) ? sources : [];

    private static IEnumerable<(string Service, DeliverySource Source, bool IsRegional)> Services()
    {
        foreach (var source in SourceCatalog.All)
        {
            foreach (var principal in new[] { source.Principal, source.OptInPrincipal, source.ServiceThatUsesRole })
            {
                if (principal?.EndsWith(".amazonaws.com", StringComparison.Ordinal) == true)
                {
                    var isRegional = principal.Contains(RegionPlaceholder, StringComparison.Ordinal);
                    yield return (principal.Replace(RegionPlaceholder, string.Empty, StringComparison.Ordinal), source, isRegional);
                }
            }
        }
    }
}
