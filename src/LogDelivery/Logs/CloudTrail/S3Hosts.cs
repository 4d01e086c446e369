using LogDelivery.Sources;

namespace LogDelivery.Logs.CloudTrail;

/// <summary>Parses the host name of an S3 endpoint. Source: S3 user guide, VirtualHosting.</summary>
internal static class S3Hosts
{
    private const string Website = "s3-website-";
    private const string Service = "s3-";

    /// <summary>
    /// The Region of <c>bucket.s3.REGION.amazonaws.com</c>, <c>s3.REGION…</c>, <c>s3.dualstack.REGION…</c>, <c>s3-REGION…</c>,
    /// <c>bucket.s3-website-REGION…</c>; <see langword="null"/> for endpoints without one.
    /// </summary>
    public static string? RegionOf(string? host)
    {
        for (var rest = host.AsSpan(); !rest.IsEmpty;)
        {
            var end = rest.IndexOf('.');
            var part = end < 0 ? rest : rest[..end];
            rest = end < 0 ? [] : rest[(end + 1)..];
            part = part.StartsWith(Website, StringComparison.Ordinal) ? part[Website.Length..] : part.StartsWith(Service, StringComparison.Ordinal) ? part[Service.Length..] : part;
            if (part.Length is > 8 and < 20 && Regions.IsWellFormed(part))
            {
                return part.ToString();
            }
        }

        return null;
    }
}
