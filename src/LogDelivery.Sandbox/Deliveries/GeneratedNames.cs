using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace LogDelivery.Sandbox.Deliveries;

/// <summary>Generates times and random-looking parts of names. The same input yields the same name, so that runs can be compared.</summary>
internal static class GeneratedNames
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    public static string Format(DateTimeOffset time, string format) => time.UtcDateTime.ToString(format, CultureInfo.InvariantCulture);

    public static string Iso(DateTimeOffset time) => Format(time, "yyyy-MM-dd'T'HH:mm:ss'Z'");

    /// <summary>Generates letters and digits as in CloudTrail's file names.</summary>
    public static string Mixed(string seed, int length)
    {
        var hash = SHA512.HashData(Encoding.UTF8.GetBytes(seed));
        return string.Create(length, hash, (span, bytes) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = Alphabet[bytes[i] % Alphabet.Length];
            }
        });
    }

    public static string Hex(string seed, int length) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(seed)))[..length].ToLowerInvariant();

    public static string Guid(string seed) => new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(seed)).AsSpan(0, 16)).ToString();
}
