using System.Text.RegularExpressions;
using LogDelivery.Policies;

namespace LogDelivery.Logs.Destinations;

/// <summary>The bucket and the prefix that a destination names.</summary>
/// <param name="BucketName">The bucket; <see langword="null"/> where the destination is none.</param>
/// <param name="KeyPrefix">The prefix.</param>
internal readonly partial record struct S3Place(string? BucketName, string? KeyPrefix)
{
    /// <summary>
    /// The place of <c>arn:aws:s3:::bucket/prefix/</c> or of a bucket's name. A slash at the end of an ARN is only what separates
    /// the prefix from the key. The ARNs of log groups, streams and access points name no bucket.
    /// </summary>
    public static S3Place Of(string? destination)
    {
        if (string.IsNullOrEmpty(destination) || !destination.StartsWith("arn:", StringComparison.Ordinal))
        {
            return new(destination, null);
        }

        if (!Arn.TryParse(destination, out var arn) || arn is not { Service: "s3", Region: "", AccountId: "" })
        {
            return default;
        }

        var slash = arn.Resource.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? new(arn.Resource, null) : new(arn.Resource[..slash], arn.Resource[(slash + 1)..] is [.. var folder, '/'] ? folder : arn.Resource[(slash + 1)..]);
    }

    /// <summary>The bucket of a host name such as <c>bucket.s3.amazonaws.com</c>, as CloudFront has it.</summary>
    public static S3Place OfHost(string? host)
        => host is null ? default : new(BucketHost().Match(host) is { Success: true } match ? match.Groups["bucket"].Value : null, null);

    [GeneratedRegex(@"^(?<bucket>.+)\.s3([.-][a-z0-9-]+)?\.amazonaws\.com(\.cn)?$", RegexOptions.ExplicitCapture)]
    private static partial Regex BucketHost();
}
