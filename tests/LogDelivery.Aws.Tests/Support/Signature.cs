using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Xunit;

namespace LogDelivery.Aws.Tests.Support;

/// <summary>Signature Version 4, computed anew from what arrived. Source: IAM user guide, create-signed-request.</summary>
internal static partial class Signature
{
    /// <summary>Fails unless a request is signed with a key for a Region and a service.</summary>
    public static void Check(SeenRequest request, string accessKey, string secretKey, string region, string service)
    {
        var authorization = request.Header("Authorization") ?? string.Empty;
        var match = Form().Match(authorization);
        Assert.True(match.Success, $"No signature: '{authorization}'.");
        var scope = match.Groups["scope"].Value.Split('/');
        Assert.Equal(accessKey, match.Groups["key"].Value);
        Assert.Equal([region, service, "aws4_request"], scope[1..]);

        var signedHeaders = match.Groups["headers"].Value;
        var headers = string.Concat(signedHeaders.Split(';').Select(h => $"{h}:{Spaces().Replace(request.Header(h)!.Trim(), " ")}\n"));
        var query = string.Join('&', request.Query.Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(p => p.Contains('=', StringComparison.Ordinal) ? p : $"{p}=").Order(StringComparer.Ordinal));
        var payload = request.Header("x-amz-content-sha256") ?? Hash(request.Body);
        var canonical = $"{request.Method}\n{request.Path}\n{query}\n{headers}\n{signedHeaders}\n{payload}";
        var toSign = $"AWS4-HMAC-SHA256\n{request.Header("X-Amz-Date")}\n{match.Groups["scope"].Value}\n{Hash(Encoding.UTF8.GetBytes(canonical))}";
        var key = scope.Aggregate(Encoding.UTF8.GetBytes($"AWS4{secretKey}"), (k, part) => HMACSHA256.HashData(k, Encoding.UTF8.GetBytes(part)));
        Assert.Equal(Hex(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(toSign))), match.Groups["signature"].Value);
        if (payload is not "UNSIGNED-PAYLOAD" && !payload.StartsWith("STREAMING-", StringComparison.Ordinal))
        {
            Assert.Equal(Hash(request.Body), payload);
        }

        var sent = DateTime.ParseExact(request.Header("X-Amz-Date")!, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        Assert.InRange(sent, DateTime.Now.AddMinutes(-5), DateTime.Now.AddMinutes(5));
    }

    private static string Hash(byte[] bytes) => Hex(SHA256.HashData(bytes));

    private static string Hex(byte[] bytes) => Convert.ToHexString(bytes).ToLowerInvariant();

    [GeneratedRegex("^AWS4-HMAC-SHA256 Credential=(?<key>[^/]+)/(?<scope>[^,]+), ?SignedHeaders=(?<headers>[^,]+), ?Signature=(?<signature>[0-9a-f]{64})$")]
    private static partial Regex Form();

    [GeneratedRegex(" +")]
    private static partial Regex Spaces();
}
