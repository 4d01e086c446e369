using LogDelivery.Sources;

namespace LogDelivery.Records;

/// <summary>What the name of an S3 endpoint tells. Source: S3 user guide, VirtualHosting.</summary>
internal static class S3Hosts
{
    /// <summary>
    /// The Region of <c>bucket.s3.REGION.amazonaws.com</c>, <c>s3.REGION…</c>, <c>s3.dualstack.REGION…</c>, <c>s3-REGION…</c>,
    /// <c>bucket.s3-website-REGION…</c>; <see langword="null"/> for endpoints without one.
    /// </summary>
    public static string? RegionOf(string? host) => host?
        .Split('.')
        .Select(p => p.StartsWith("s3-website-", StringComparison.Ordinal) ? p[11..] : p.StartsWith("s3-", StringComparison.Ordinal) ? p[3..] : p)
        .FirstOrDefault(p => p.Length is > 8 and < 20 && Regions.IsWellFormed(p));
}
