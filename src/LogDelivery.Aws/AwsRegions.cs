using Amazon;

namespace LogDelivery.Aws;

/// <summary>The Regions of all partitions that the SDK knows.</summary>
internal static class AwsRegions
{
    /// <summary>Each Region's code, such as <c>us-east-1</c>, and the name that AWS has for it, in the order of the codes.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> All { get; } =
        [.. RegionEndpoint.EnumerableAllRegions
            .Select(r => KeyValuePair.Create(r.SystemName, r.DisplayName))
            .OrderBy(r => r.Key, StringComparer.Ordinal)];
}
