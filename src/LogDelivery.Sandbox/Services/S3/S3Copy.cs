using System.Globalization;
using System.Xml.Linq;
using LogDelivery.Sandbox.Http;
using LogDelivery.Sandbox.State;

namespace LogDelivery.Sandbox.Services.S3;

/// <summary>The operations that copy objects.</summary>
internal sealed class S3Copy(SandboxState state)
{
    public const string Header = "x-amz-copy-source";

    public ApiResponse Copy(ApiRequest request, Bucket bucket, string key)
    {
        var source = SourceOf(state, request);
        var item = Describe(request, bucket, key, source) with { Content = source.Content };
        bucket.Objects.Put(item);
        return S3Objects.WithEncryption(S3Service.Xml(Result("CopyObjectResult", item.ETag)), item);
    }

    /// <summary>The object that the request copies from, which the caller must be allowed to read.</summary>
    public static SandboxObject SourceOf(SandboxState state, ApiRequest request)
    {
        var text = Uri.UnescapeDataString(request.Header(Header)!.Split('?')[0]).TrimStart('/');
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0 || slash == text.Length - 1)
        {
            throw new ApiException("InvalidArgument", "Copy Source must mention the source bucket and key: sourcebucket/sourcekey");
        }

        var (name, key) = (text[..slash], text[(slash + 1)..]);
        var bucket = state.Buckets.GetValueOrDefault(name) ?? throw S3Errors.NoSuchBucket(name);
        S3Authorization.Check(state, request, bucket, new(name, key, "GetObject", "GetObject", null));
        return bucket.Objects.Find(key) ?? throw S3Errors.NoSuchKey(key);
    }

    /// <summary>The bytes of the source that the request names.</summary>
    public static byte[] RangeOf(ApiRequest request, SandboxObject source)
    {
        if (request.Header("x-amz-copy-source-range") is not { } range)
        {
            return source.Content;
        }

        var ends = range.StartsWith("bytes=", StringComparison.Ordinal) ? range["bytes=".Length..].Split('-') : [];
        return ends.Length == 2 && Number(ends[0]) is { } first && Number(ends[1]) is { } last && first <= last && last < source.Content.Length
            ? source.Content[first..(last + 1)]
            : throw new ApiException("InvalidArgument", $"Range specified is not valid for source object of size: {source.Content.Length}");
    }

    public XElement Result(string name, string etag) => new(
        S3Service.Namespace + name,
        new XElement(S3Service.Namespace + "LastModified", XmlValues.Time(state.Now)),
        new XElement(S3Service.Namespace + "ETag", $"\"{etag}\""));

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private SandboxObject Describe(ApiRequest request, Bucket bucket, string key, SandboxObject source)
    {
        var described = S3Objects.Describe(state, request, bucket, key);
        return "REPLACE".Equals(request.Header("x-amz-metadata-directive"), StringComparison.OrdinalIgnoreCase)
            ? described
            : described with { ContentType = source.ContentType, ContentEncoding = source.ContentEncoding, Metadata = source.Metadata };
    }
}
