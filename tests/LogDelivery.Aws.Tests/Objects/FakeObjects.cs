using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Web;
using LogDelivery.Aws.Tests.Support;

namespace LogDelivery.Aws.Tests.Objects;

/// <summary>A bucket of a few objects that can be listed in pages of three and read in parts.</summary>
internal sealed class FakeObjects(IReadOnlyDictionary<string, string> objects)
{
    private const int PageSize = 3;
    private int listings;

    /// <summary>Takes the place of an answer where it gives one.</summary>
    public Func<SeenRequest, Answer?> Instead { get; set; } = _ => null;

    public int Listings => listings;

    public Answer Reply(SeenRequest request)
    {
        if (Instead(request) is { } answer)
        {
            return answer;
        }

        if (request.Method == "HEAD")
        {
            var head = new Answer(200, string.Empty, "application/xml");
            head.Headers["x-amz-bucket-region"] = Given.Region;
            return head;
        }

        return request.Query.Contains("list-type=2", StringComparison.Ordinal) ? List(request) : Get(request);
    }

    private Answer List(SeenRequest request)
    {
        Interlocked.Increment(ref listings);
        var query = HttpUtility.ParseQueryString(request.Query);
        var after = query["continuation-token"] ?? query["start-after"] ?? string.Empty;
        var keys = objects.Keys.Where(k => k.StartsWith(query["prefix"] ?? string.Empty, StringComparison.Ordinal) && string.CompareOrdinal(k, after) > 0).Order(StringComparer.Ordinal).ToArray();
        var page = keys.Take(PageSize).ToArray();
        var xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?><ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Name>b</Name>");
        xml.Append(keys.Length > PageSize ? $"<IsTruncated>true</IsTruncated><NextContinuationToken>{page[^1]}</NextContinuationToken>" : "<IsTruncated>false</IsTruncated>");
        foreach (var key in page)
        {
            xml.Append(CultureInfo.InvariantCulture, $"<Contents><Key>{key}</Key><LastModified>2026-04-01T00:00:00.000Z</LastModified><ETag>&quot;e&quot;</ETag><Size>{Encoding.UTF8.GetByteCount(objects[key])}</Size><StorageClass>STANDARD</StorageClass></Contents>");
        }

        return Answer.Xml(xml.Append("</ListBucketResult>").ToString());
    }

    private Answer Get(SeenRequest request)
    {
        var key = Uri.UnescapeDataString(request.Path.TrimStart('/'));
        key = key[(key.IndexOf('/', StringComparison.Ordinal) + 1)..];
        if (!objects.TryGetValue(key, out var text))
        {
            return Answer.S3Error("NoSuchKey", 404);
        }

        var from = request.Header("Range") is { } range ? int.Parse(range["bytes=".Length..].TrimEnd('-'), System.Globalization.CultureInfo.InvariantCulture) : 0;
        var answer = new Answer(from > 0 ? 206 : 200, text[from..], "binary/octet-stream");
        answer.Headers["ETag"] = $"\"{Checksum(text)}\"";
        return answer;
    }

    // What S3 gives for an object that was uploaded in one piece.
    private static string Checksum(string text)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        hash.AppendData(Encoding.UTF8.GetBytes(text));
        return Convert.ToHexString(hash.GetHashAndReset()).ToLowerInvariant();
    }
}
