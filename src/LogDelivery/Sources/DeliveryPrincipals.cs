using System.Buffers.Text;
using System.Globalization;
using LogDelivery.Policies;
using LogDelivery.Sources.Catalog;

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

    private static readonly HashSet<long> Accounts = [.. new[] { ElbAccounts.Ids, CloudTrailAccounts.Ids, RedshiftAccounts.Ids }.SelectMany(a => a, (_, id) => long.Parse(id, CultureInfo.InvariantCulture))];

    private static readonly DeliverySource[] OfElbAccounts = Sources("AlbAccessLogs", "ClbAccessLogs");
    private static readonly DeliverySource[] OfCloudTrailAccounts = Sources("CloudTrail");
    private static readonly DeliverySource[] OfRedshiftAccounts = Sources("RedshiftAudit");
    private static readonly DeliverySource[] OfDistributions = Sources("CloudFrontLegacy");

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
        => ElbAccounts.Contains(accountId) ? OfElbAccounts
            : CloudTrailAccounts.Contains(accountId) ? OfCloudTrailAccounts
            : RedshiftAccounts.Contains(accountId) ? OfRedshiftAccounts
            : [];

    /// <summary>The sources that a canonical user is a grantee for.</summary>
    /// <param name="canonicalId">64 hexadecimal digits.</param>
    public static IReadOnlyList<DeliverySource> OfCanonicalUser(string? canonicalId)
        => canonicalId == CloudFrontLegacy.CanonicalId ? OfDistributions : [];

    private static IEnumerable<(string Service, DeliverySource Source, bool IsRegional)> Services()
    {
        foreach (var source in SourceCatalog.All)
        {
            foreach (var principal in new[] { source.Principal, source.OptInPrincipal })
            {
                if (principal?.EndsWith(".amazonaws.com", StringComparison.Ordinal) == true)
                {
                    var isRegional = principal.Contains(RegionPlaceholder, StringComparison.Ordinal);
                    yield return (principal.Replace(RegionPlaceholder, string.Empty, StringComparison.Ordinal), source, isRegional);
                }
            }
        }

        // Data Firehose writes with a role of the customer's, in a session that it makes itself.
        yield return ("firehose.amazonaws.com", SourceCatalog.Find("Firehose")!, false);
    }

    private static DeliverySource[] Sources(params string[] ids) => [.. ids.Select(id => SourceCatalog.Find(id)!)];
}
