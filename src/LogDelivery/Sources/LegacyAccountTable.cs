using System.Diagnostics.CodeAnalysis;

namespace LogDelivery.Sources;

/// <summary>The AWS accounts, one a Region, that wrote for a source before it had a service principal. Immutable.</summary>
/// <param name="name">The name of such an account in sentences: <c>load balancer account</c>.</param>
/// <param name="byRegion">The 12-digit id in each Region that has an account.</param>
/// <param name="ofUnsureRegion">Accounts whose Region is not known for sure.</param>
internal sealed class LegacyAccountTable(string name, Dictionary<string, string> byRegion, params string[] ofUnsureRegion)
{
    private readonly HashSet<string> ids = new([.. byRegion.Values, .. ofUnsureRegion], StringComparer.Ordinal);

    /// <summary>Every Region that has an account, with the account's id.</summary>
    public IReadOnlyDictionary<string, string> All => byRegion;

    /// <summary>The ids of all accounts.</summary>
    public IReadOnlyCollection<string> Ids => ids;

    /// <summary>The account of a Region.</summary>
    /// <param name="region">The Region that the logs come from.</param>
    /// <returns>The 12-digit id, or <see langword="null"/> where none is known.</returns>
    public string? ForRegion(string region) => byRegion.GetValueOrDefault(region);

    /// <summary>Whether an account is one of these.</summary>
    /// <param name="accountId">The 12-digit id.</param>
    public bool Contains([NotNullWhen(true)] string? accountId) => accountId is not null && ids.Contains(accountId);

    /// <summary>The account in words, such as <c>the load balancer account of us-east-1</c>; null for one that is none of these.</summary>
    /// <param name="accountId">The 12-digit id.</param>
    public string? Describe(string accountId)
        => !Contains(accountId) ? null
            : byRegion.FirstOrDefault(a => a.Value == accountId).Key is { } region ? $"the {name} of {region}"
            : $"an {name}";
}
