namespace LogDelivery.Policies;

/// <summary>The names of service principals.</summary>
internal static class ServicePrincipals
{
    private const string Suffix = ".amazonaws.com";

    /// <summary>The principal of a service in one Region: <c>logs.amazonaws.com</c> is <c>logs.us-east-1.amazonaws.com</c> there.</summary>
    public static string InRegion(string service, string region)
        => service.EndsWith(Suffix, StringComparison.Ordinal) ? $"{service[..^Suffix.Length]}.{region}{Suffix}" : service;

    /// <summary>Whether a principal is that of a service in one Region.</summary>
    public static bool IsInRegion(string principal, string service)
        => service.EndsWith(Suffix, StringComparison.Ordinal)
            && principal.Length > service.Length
            && principal.StartsWith($"{service[..^Suffix.Length]}.", StringComparison.Ordinal)
            && principal.EndsWith(Suffix, StringComparison.Ordinal);
}
