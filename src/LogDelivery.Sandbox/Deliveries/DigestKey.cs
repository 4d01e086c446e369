using System.Security.Cryptography;
using System.Text;

namespace LogDelivery.Sandbox.Deliveries;

/// <summary>
/// The key that signs digests. CloudTrail has one per Region and changes them; the sandbox has one for all, made when the
/// first digest is due. Source: CloudTrail user guide, cloudtrail-log-file-custom-validation.
/// </summary>
internal static class DigestKey
{
    public const string Algorithm = "SHA256withRSA";

    private static readonly Lazy<RSA> Key = new(() => RSA.Create(2048));
    private static readonly Lazy<string> LazyFingerprint = new(() => Convert.ToHexString(SHA256.HashData(PublicKey)).ToLowerInvariant()[..32]);

    /// <summary>The public key: PKCS #1 in DER.</summary>
    public static byte[] PublicKey => Key.Value.ExportRSAPublicKey();

    public static string Fingerprint => LazyFingerprint.Value;

    /// <summary>Signs a digest file; hexadecimal.</summary>
    /// <param name="endTime">The <c>digestEndTime</c>, as the file has it.</param>
    /// <param name="bucket">The bucket that the file is written to.</param>
    /// <param name="key">The file's key.</param>
    /// <param name="content">The file before it is compressed.</param>
    /// <param name="previousSignature">The signature of the file before it, if any.</param>
    public static string Sign(string endTime, string bucket, string key, string content, string? previousSignature)
    {
        var text = $"{endTime}\n{bucket}/{key}\n{Hash(content)}\n{previousSignature ?? "null"}";
        return Convert.ToHexString(Key.Value.SignData(Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)).ToLowerInvariant();
    }

    /// <summary>The hash of a file in a digest: the hash of its uncompressed content.</summary>
    public static string Hash(string content) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(content))).ToLowerInvariant();
}
