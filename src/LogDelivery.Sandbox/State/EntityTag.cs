using System.Globalization;
using System.Security.Cryptography;

namespace LogDelivery.Sandbox.State;

/// <summary>Makes entity tags. Source: S3 user guide, checking-object-integrity-upload.</summary>
internal static class EntityTag
{
#pragma warning disable CA5351 // An entity tag is an MD5 by definition, not a safeguard.
    public static byte[] Md5(byte[] content) => MD5.HashData(content);
#pragma warning restore CA5351

    /// <summary>The tag of an object that came in parts: the hash of the parts' hashes, and how many they were.</summary>
    public static string OfParts(IReadOnlyCollection<StoredPart> parts)
        => string.Create(CultureInfo.InvariantCulture, $"{Convert.ToHexString(Md5([.. parts.SelectMany(p => Convert.FromHexString(p.ETag))])).ToLowerInvariant()}-{parts.Count}");
}
