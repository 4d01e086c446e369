using LogDelivery.Sources;

namespace LogDelivery.Diagnosis.Causes;

/// <summary>The AWS accounts that policies named before there were service principals.</summary>
internal static class LegacyAccounts
{
    /// <summary>Whether an account wrote for a service, in some Region.</summary>
    public static bool Writes(string account, string servicePrincipal)
        => DeliveryPrincipals.OfService(servicePrincipal).Any(s => s.LegacyAccounts?.Contains(account) == true);

    /// <summary>The account in words; null for one that is not AWS's.</summary>
    public static string? Describe(string account)
        => DeliveryPrincipals.OfAccount(account) is [{ LegacyAccounts: { } accounts }, ..] ? accounts.Describe(account) : null;
}
