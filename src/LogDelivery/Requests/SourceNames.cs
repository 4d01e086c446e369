using LogDelivery.Policies;
using LogDelivery.Sources;

namespace LogDelivery.Requests;

/// <summary>Finds the delivery sources that people name: by id, by the name that AWS uses, by a pattern, or by the ARN of what delivers.</summary>
internal static class SourceNames
{
    /// <summary>Finds the sources of names and patterns, each source once.</summary>
    /// <param name="names">Ids, names of AWS, or patterns such as <c>Vpc*</c>; case does not matter, and blank ones are left out.</param>
    public static Resolved<DeliverySource> Find(IEnumerable<string?>? names)
    {
        var found = new List<DeliverySource>();
        var problems = new List<RequestProblem>();
        foreach (var name in RequestText.OrEmpty(names))
        {
            var pattern = Wildcard.Of(name);
            DeliverySource[] fits = [.. SourceCatalog.All.Where(s => pattern.Matches(s.Id) || s.Name.Equals(name, StringComparison.OrdinalIgnoreCase))];
            found.AddRange(fits);
            if (fits.Length == 0)
            {
                problems.Add(Unknown(name));
            }
        }

        return new([.. found.Distinct()], problems);
    }

    /// <summary>Finds the sources that ARNs belong to. The ARN of a trail implies CloudTrail.</summary>
    /// <param name="arns">Well-formed ARNs of configuring resources.</param>
    public static Resolved<DeliverySource> ImpliedBy(IEnumerable<string> arns)
    {
        ArgumentNullException.ThrowIfNull(arns);
        var found = new List<DeliverySource>();
        var problems = new List<RequestProblem>();
        foreach (var arn in arns)
        {
            DeliverySource[] fits = [.. SourceCatalog.All.Where(s => DeliverySelection.ServiceFits(arn, s))];
            if (fits.Length == 1)
            {
                found.Add(fits[0]);
            }
            else
            {
                var message = fits.Length == 0 ? $"'{arn}' is the ARN of no known delivery source." : $"'{arn}' may deliver as {string.Join(" or ", fits.Select(s => s.Id))}.";
                problems.Add(new(RequestProblem.InvalidDelivery, arn, message, "Give the source (Source)."));
            }
        }

        return new([.. found.Distinct()], problems);
    }

    private static RequestProblem Unknown(string name)
    {
        var ids = SourceCatalog.All.Select(s => s.Id);
        return new("UnknownSource", name, $"'{name}' is no delivery source.{Nearest.Hint(name, ids)}", $"Give one of {string.Join(", ", ids)}, or a pattern such as Vpc*.");
    }
}
