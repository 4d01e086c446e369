using System.Management.Automation;
using LogDelivery.Sources;

namespace LogDelivery.Commands;

/// <summary>Finds sources by the ids that users give, which may hold wildcards.</summary>
internal static class SourceFinder
{
    public static DeliverySource[] Find(IEnumerable<string> ids, LogDeliveryCommand command)
        => [.. ids.SelectMany(id => Find(id, command)).Distinct()];

    private static DeliverySource[] Find(string id, LogDeliveryCommand command)
    {
        var pattern = WildcardPattern.Get(id, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);
        DeliverySource[] found = [.. SourceCatalog.All.Where(s => pattern.IsMatch(s.Id))];
        if (found.Length == 0)
        {
            command.Report(
                "UnknownSource",
                ErrorCategory.ObjectNotFound,
                id,
                $"'{id}' is no delivery source.",
                $"Give one of {string.Join(", ", SourceCatalog.All.Select(s => s.Id))}.");
        }

        return found;
    }
}
