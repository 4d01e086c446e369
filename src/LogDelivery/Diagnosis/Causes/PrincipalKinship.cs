using LogDelivery.Policies;
using LogDelivery.Sources;

namespace LogDelivery.Diagnosis.Causes;

/// <summary>
/// Which principals are mistaken for one another. A statement for a stranger says nothing about a delivery, but one for
/// <c>delivery.logs</c> in a load balancer's bucket is the classic mix-up.
/// </summary>
internal static class PrincipalKinship
{
    // All of these write logs, and names and documentation suggest one for the other.
    private static readonly HashSet<string> LogWriters = new(StringComparer.Ordinal)
    {
        "delivery.logs", "logs", "log-delivery", "vpc-flow-logs", "logdelivery.elasticloadbalancing", "logdelivery.elb",
        "elasticloadbalancing", "logging.s3", "s3", "waf", "network-firewall", "route53resolver", "cloudfront",
    };

    /// <summary>Whether one of the principals of a statement was likely meant to be the one that makes the request.</summary>
    public static bool IsKin(PrincipalElement element, JudgedCall judged)
        => !element.IsNegated && element.Entries.Any(e => IsKin(e, judged.Request.Principal, judged.Call.Delivery));

    /// <summary>What is wrong with the principals of a statement, in words.</summary>
    public static string Describe(PrincipalElement element, PolicyRequest request, Delivery delivery)
    {
        var writer = request.Principal.Id;
        var whose = $"the writer of {delivery.Source.Name} is {writer}";
        var entry = element.Entries.FirstOrDefault(e => IsKin(e, request.Principal, delivery));
        if (entry.Text is null)
        {
            return $"Principal is {element}; {whose}";
        }

        if (entry.Type == PrincipalType.Service)
        {
            return IsSameService(entry.Text, writer)
                ? $"Principal is {entry.Text}; in {delivery.Region} the principal is {writer}"
                : $"Principal is {entry.Text}; {whose}";
        }

        return entry.WholeAccount is { } account && LegacyAccounts.Describe(account) is { } known
            ? $"Principal is {entry.Text}, {known}, which brings the logs of that Region at most; {whose}"
            : $"Principal is {entry.Text}, which is no identity that writes these logs; {whose}";
    }

    private static bool IsKin(PrincipalEntry entry, RequestPrincipal principal, Delivery delivery)
    {
        if (principal.Type == PrincipalType.Aws)
        {
            // A role's delivery: the service that assumes the role, or another role of its account.
            return entry.Type == PrincipalType.Service
                || (entry.Type == PrincipalType.Aws && Arn.TryParse(entry.Text, out var arn) && arn.AccountId == principal.AccountId);
        }

        return entry.Type switch
        {
            PrincipalType.Service => IsSameService(entry.Text, principal.Id) || (LogWriters.Contains(NameOf(entry.Text)) && LogWriters.Contains(NameOf(principal.Id))),
            PrincipalType.Aws when entry.WholeAccount is { } account => delivery.Source.PoliciesNameAccounts || LegacyAccounts.Writes(account, principal.Id),
            _ => false,
        };
    }

    private static bool IsSameService(string left, string right) => NameOf(left) == NameOf(right);

    // guardduty.me-south-1.amazonaws.com and guardduty.amazonaws.com are one service.
    private static string NameOf(string servicePrincipal)
    {
        var domain = servicePrincipal.IndexOf(".amazonaws.com", StringComparison.OrdinalIgnoreCase);
        var labels = (domain < 0 ? servicePrincipal : servicePrincipal[..domain]).Split('.');
        return string.Join('.', labels.Where(l => !Regions.IsWellFormed(l)));
    }
}
