using System.Globalization;
using System.Text;

namespace LogDelivery.Sandbox.Http;

/// <summary>
/// Decodes a body in the encoding <c>aws-chunked</c>, in which SDKs sign objects chunk by chunk and append a checksum.
/// Source: S3 API reference, sigv4-streaming. The signatures of the chunks are not checked.
/// </summary>
internal static class AwsChunked
{
    public static bool IsUsedBy(ApiRequest request)
        => request.Header("x-amz-content-sha256")?.StartsWith("STREAMING-", StringComparison.Ordinal) == true
        || request.Header("content-encoding")?.Contains("aws-chunked", StringComparison.OrdinalIgnoreCase) == true;

    public static byte[] Decode(byte[] body)
    {
        var decoded = new MemoryStream(body.Length);
        var position = 0;
        while (position < body.Length)
        {
            var end = body.AsSpan(position).IndexOf("\r\n"u8);
            if (end < 0)
            {
                throw Broken();
            }

            var line = Encoding.ASCII.GetString(body, position, end);
            var semicolon = line.IndexOf(';', StringComparison.Ordinal);
            if (!int.TryParse(semicolon < 0 ? line : line[..semicolon], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var size) || size < 0)
            {
                throw Broken();
            }

            position += end + 2;
            if (size == 0)
            {
                break;
            }

            if (position + size + 2 > body.Length)
            {
                throw Broken();
            }

            decoded.Write(body, position, size);
            position += size + 2;
        }

        return decoded.ToArray();
    }

    private static ApiException Broken() => new("IncompleteBody", "The request body terminated unexpectedly", 400);
}
