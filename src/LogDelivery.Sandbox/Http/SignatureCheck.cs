using System.Security.Cryptography;
using System.Text;

namespace LogDelivery.Sandbox.Http;

/// <summary>
/// Computes the signature that a request must carry. Source: IAM user guide, reference_sigv-create-signed-request. The age
/// of a request is not checked: simulated time is independent of the caller's clock.
/// </summary>
internal static class SignatureCheck
{
    private const string UnsignedPayload = "UNSIGNED-PAYLOAD";

    public static bool IsRight(ApiRequest request, SignatureHeader signature, string secret)
    {
        var time = signature.IsPresigned ? request.QueryValue("X-Amz-Date") : request.Header("x-amz-date") ?? request.Header("date");
        var canonical = CanonicalRequest(request, signature);
        var toSign = $"AWS4-HMAC-SHA256\n{time}\n{signature.Scope}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var key = Hmac(Hmac(Hmac(Hmac(Encoding.UTF8.GetBytes($"AWS4{secret}"), signature.Date), signature.Region), signature.Service), "aws4_request");
        var expected = Encoding.ASCII.GetBytes(Hex(Hmac(key, toSign)));
        return CryptographicOperations.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(signature.Signature));
    }

    private static string CanonicalRequest(ApiRequest request, SignatureHeader signature)
    {
        var text = new StringBuilder();
        text.Append(request.Method).Append('\n');

        // S3 signs the path as it is sent; the others encode it once more.
        text.Append(signature.Service == "s3" ? request.RawPath : EncodePath(request.RawPath)).Append('\n');
        text.Append(CanonicalQuery(request, signature)).Append('\n');
        foreach (var name in signature.SignedHeaders.Split(';'))
        {
            var value = name == "host" ? request.Host : request.Header(name) ?? string.Empty;
            text.Append(name).Append(':').Append(Collapse(value)).Append('\n');
        }

        text.Append('\n').Append(signature.SignedHeaders).Append('\n');
        text.Append(request.Header("x-amz-content-sha256") ?? (signature.IsPresigned && signature.Service == "s3" ? UnsignedPayload : Hex(SHA256.HashData(request.Body))));
        return text.ToString();
    }

    private static string CanonicalQuery(ApiRequest request, SignatureHeader signature)
        => string.Join('&', request.Query
            .Where(p => !signature.IsPresigned || p.Key != "X-Amz-Signature")
            .Select(p => (Name: Uri.EscapeDataString(p.Key), Value: Uri.EscapeDataString(p.Value)))
            .OrderBy(p => p.Name, StringComparer.Ordinal).ThenBy(p => p.Value, StringComparer.Ordinal)
            .Select(p => $"{p.Name}={p.Value}"));

    private static string EncodePath(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));

    private static string Collapse(string value)
    {
        var trimmed = value.Trim();
        return trimmed.Contains("  ", StringComparison.Ordinal) ? string.Join(' ', trimmed.Split(' ', StringSplitOptions.RemoveEmptyEntries)) : trimmed;
    }

    private static byte[] Hmac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    private static string Hex(byte[] bytes) => Convert.ToHexString(bytes).ToLowerInvariant();
}
