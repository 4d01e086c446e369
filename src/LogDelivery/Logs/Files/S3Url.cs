using System.Diagnostics.CodeAnalysis;

namespace LogDelivery.Logs.Files;

/// <summary>A place in S3 as people write it: <c>s3://bucket/prefix</c>.</summary>
/// <param name="BucketName">The bucket.</param>
/// <param name="KeyPrefix">The prefix of the keys; empty for all.</param>
internal sealed record S3Url(string BucketName, string KeyPrefix)
{
    private const string Scheme = "s3://";

    /// <summary>Whether a text names a place in S3, well-formed or not.</summary>
    /// <param name="text">The text.</param>
    public static bool IsOne([NotNullWhen(true)] string? text) => text?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>Reads a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="url">The place.</param>
    /// <returns><see langword="false"/> when the text is not an S3 URL or names no bucket.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out S3Url? url)
    {
        url = null;
        if (!IsOne(text))
        {
            return false;
        }

        var rest = text[Scheme.Length..];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var bucket = slash < 0 ? rest : rest[..slash];
        if (bucket.Length < 3 || bucket.AsSpan().ContainsAny(" *?:"))
        {
            return false;
        }

        url = new(bucket, slash < 0 ? string.Empty : rest[(slash + 1)..]);
        return true;
    }

    /// <summary>The place as people write it.</summary>
    public override string ToString() => $"{Scheme}{BucketName}/{KeyPrefix}";
}
