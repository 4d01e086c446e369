namespace LogDelivery.Gateways;

/// <summary>Reads the caller's identity, Regions and organization.</summary>
internal interface IAccountGateway
{
    /// <summary>The caller.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<CallerIdentity> GetIdentityAsync(CancellationToken cancellationToken);

    /// <summary>The Regions that the account has switched on.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<IReadOnlyList<string>> GetEnabledRegionsAsync(CancellationToken cancellationToken);

    /// <summary>The id of the account's organization; missing when it is in none.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<Readable<string>> GetOrganizationIdAsync(CancellationToken cancellationToken);
}

/// <summary>The caller.</summary>
/// <param name="AccountId">The 12-digit account.</param>
/// <param name="Arn">The user or the role's session.</param>
internal sealed record CallerIdentity(string AccountId, string Arn);
