using LogDelivery.Sources;

namespace LogDelivery.Logs.Destinations;

/// <summary>Reads the calls whose members the entry of the source in the catalog declares.</summary>
/// <param name="source">The source.</param>
/// <param name="members">Where request and response have its destination.</param>
internal sealed class DeclaredCalls(DeliverySource source, DestinationMembers members)
{
    /// <summary>Reads a call that sets the destination, or ends it where its parameters say so.</summary>
    public IEnumerable<DestinationChange> ReadSet(ManagementCall call)
    {
        var place = members.Place is { } path ? Walk(call.Request, path) : call.Request;
        if (!place.IsObject)
        {
            return members.EndsWhenAbsent && call.Request.IsObject ? ReadEnd(call) : [];
        }

        if (members.Enabled is { } enabled && place.Flag(enabled) == false)
        {
            return ReadEnd(call);
        }

        var id = members.ConfigurationId is { } name ? call.Response.Text(name) : null;
        return
        [
            Of(call, DestinationChangeKind.Points).To(place.Find(members.Bucket).AsText, place.Find(members.Prefix).AsText) with
            {
                KmsKeyId = members.KmsKey is { } key ? place.Find(key).AsText : null,
                ConfigurationIds = id is null ? [] : [id],
            },
        ];
    }

    /// <summary>Reads a call that ends the destination.</summary>
    public IEnumerable<DestinationChange> ReadEnd(ManagementCall call) => [Of(call, DestinationChangeKind.Ends)];

    private DestinationChange Of(ManagementCall call, DestinationChangeKind kind)
    {
        var resource = members.Resource.Select(path => Walk(call.Request, path).AsText).FirstOrDefault(t => t is not null);
        if (members.ResponseResource is { } name)
        {
            resource = call.Response.Text(name) ?? resource;
        }

        var identity = members.Identity
            .Replace("{account}", call.AccountId, StringComparison.Ordinal)
            .Replace("{region}", call.Region, StringComparison.Ordinal)
            .Replace("{call}", call.Name, StringComparison.Ordinal)
            .Replace("{resource}", resource, StringComparison.Ordinal);
        return new(kind, source.Id) { Resource = resource, Identity = identity };
    }

    private static CallMembers Walk(CallMembers request, string path)
    {
        var names = path.Split('.');
        return names.Skip(1).Aggregate(request.Find(names[0]), (value, name) => value[name]);
    }
}
