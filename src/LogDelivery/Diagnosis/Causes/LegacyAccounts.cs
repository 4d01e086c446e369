using LogDelivery.Sources;

namespace LogDelivery.Diagnosis.Causes;

/// <summary>The AWS accounts that policies named before there were service principals.</summary>
internal static class LegacyAccounts
{
    private const string Elb = "logdelivery.elasticloadbalancing.amazonaws.com";

    /// <summary>Whether a source's policies have ever named accounts of AWS, so that a wrong account is a plain mix-up.</summary>
    public static bool TakesAccounts(DeliverySource source) => source.Principal == Elb;

    /// <summary>Whether an account wrote for a service, in some Region.</summary>
    public static bool Writes(string account, string servicePrincipal) => servicePrincipal.Split('.')[0] switch
    {
        "cloudtrail" => CloudTrailAccounts.Contains(account),
        "redshift" => RedshiftAccounts.Contains(account),
        "logdelivery" => ElbAccounts.Contains(account),
        _ => false,
    };

    /// <summary>Whose account it is, in words; null for one that is not AWS's.</summary>
    public static string? Describe(string account)
        => Describe("the load balancer account", ElbAccounts.All, account)
        ?? Describe("the old CloudTrail account", CloudTrailAccounts.All, account)
        ?? Describe("the old Redshift account", RedshiftAccounts.All, account)
        ?? (CloudTrailAccounts.Contains(account) ? "an old CloudTrail account" : null);

    private static string? Describe(string whose, IReadOnlyDictionary<string, string> accounts, string account)
        => accounts.FirstOrDefault(a => a.Value == account).Key is { } region ? $"{whose} of {region}" : null;
}
