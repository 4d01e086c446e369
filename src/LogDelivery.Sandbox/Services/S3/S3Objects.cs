using System.Globalization;
using System.Text;
using System.Xml.Linq;
using LogDelivery.Sandbox.Http;
using LogDelivery.Sandbox.State;

namespace LogDelivery.Sandbox.Services.S3;

/// <summary>Objects: list, read, write, copy, delete. No versions.</summary>
internal sealed class S3Objects(SandboxState state)
{
    private static readonly XNamespace Namespace = S3Service.Namespace;

    private readonly S3Copy copies = new(state);
    private readonly S3Multipart multipart = new(state);

    public ApiResponse Handle(ApiRequest request, Bucket bucket, S3Target target) => target.Operation switch
    {
        "PutObject" => Put(request, bucket, target.Key),
        "GetObject" or "HeadObject" => Get(request, bucket, target.Key),
        "DeleteObject" => Delete(bucket, target.Key),
        "DeleteObjects" => DeleteMany(request, bucket),
        "ListObjects" or "ListObjectsV2" => List(request, bucket, target.Operation == "ListObjectsV2"),
        "CopyObject" => copies.Copy(request, bucket, target.Key),
        _ => multipart.Handle(request, bucket, target),
    };

    /// <summary>Gets the object content that a request sends.</summary>
    public static byte[] ContentOf(ApiRequest request) => AwsChunked.IsUsedBy(request) ? AwsChunked.Decode(request.Body) : request.Body;

    /// <summary>An object as the headers of a request describe it, without its content.</summary>
    public static SandboxObject Describe(SandboxState state, ApiRequest request, Bucket bucket, string key)
    {
        var acl = request.Header("x-amz-acl");
        if (acl is not (null or "bucket-owner-full-control") && bucket.Configuration.Ownership == LogDelivery.Sources.ObjectOwnership.BucketOwnerEnforced)
        {
            throw new ApiException("AccessControlListNotSupported", "The bucket does not allow ACLs");
        }

        const string MetadataPrefix = "x-amz-meta-";
        var encodings = (request.Header("Content-Encoding") ?? string.Empty).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(e => e != "aws-chunked").ToArray();
        return new SandboxObject(key, [], state.Now, request.Header("Content-Type") ?? "binary/octet-stream")
        {
            ContentEncoding = encodings.Length == 0 ? null : string.Join(',', encodings),
            Metadata = [.. request.Headers.Where(h => h.Key.StartsWith(MetadataPrefix, StringComparison.OrdinalIgnoreCase)).Select(h => new KeyValuePair<string, string>(h.Key[MetadataPrefix.Length..].ToLowerInvariant(), h.Value))],
            KmsKeyArn = bucket.Configuration.Encryption == LogDelivery.Sources.BucketEncryption.SseKms ? bucket.Configuration.KmsKeyId : null,
        };
    }

    /// <summary>Adds the headers that describe the encryption of an object to a response.</summary>
    public static ApiResponse WithEncryption(ApiResponse response, SandboxObject item)
        => response.With("x-amz-server-side-encryption", item.KmsKeyArn is null ? "AES256" : "aws:kms").With("x-amz-server-side-encryption-aws-kms-key-id", item.KmsKeyArn);

    private static XElement Element(string name, object? value) => new(Namespace + name, value);

    private static ApiResponse Delete(Bucket bucket, string key)
    {
        bucket.Objects.Remove(key);
        return new ApiResponse(204);
    }

    private static ApiResponse DeleteMany(ApiRequest request, Bucket bucket)
    {
        var result = new XElement(Namespace + "DeleteResult");
        var document = XElement.Parse(request.BodyText);
        var isQuiet = document.Elements().FirstOrDefault(e => e.Name.LocalName == "Quiet")?.Value == "true";
        foreach (var key in document.Elements().Where(e => e.Name.LocalName == "Object").Select(o => o.Elements().First(e => e.Name.LocalName == "Key").Value))
        {
            bucket.Objects.Remove(key);
            if (!isQuiet)
            {
                result.Add(new XElement(Namespace + "Deleted", Element("Key", key)));
            }
        }

        return S3Service.Xml(result);
    }

    private static ApiResponse Get(ApiRequest request, Bucket bucket, string key)
    {
        var item = bucket.Objects.Find(key) ?? throw S3Errors.NoSuchKey(key);
        var (content, range) = Slice(request.Header("Range"), item.Content);
        var isHead = request.Method == "HEAD";
        var response = WithEncryption(new ApiResponse(range is null ? 200 : 206, item.ContentType, isHead ? null : content) { ContentLength = content.Length }
            .With("ETag", $"\"{item.ETag}\"")
            .With("Last-Modified", item.LastModified.UtcDateTime.ToString("R", CultureInfo.InvariantCulture))
            .With("Accept-Ranges", "bytes")
            .With("Content-Range", range)
            .With("Content-Encoding", item.ContentEncoding), item);
        foreach (var (name, value) in item.Metadata)
        {
            response.With($"x-amz-meta-{name}", value);
        }

        return response;
    }

    private static (byte[] Content, string? Range) Slice(string? range, byte[] content)
    {
        if (range is null || !range.StartsWith("bytes=", StringComparison.Ordinal) || range.Contains(',', StringComparison.Ordinal))
        {
            return (content, null);
        }

        var parts = range["bytes=".Length..].Split('-');
        var (first, last) = (0L, (long)content.Length - 1);
        if (parts[0].Length == 0 && long.TryParse(parts[1], out var suffix))
        {
            first = Math.Max(0, content.Length - suffix);
        }
        else if (!long.TryParse(parts[0], out first) || (parts[1].Length > 0 && !long.TryParse(parts[1], out last)))
        {
            return (content, null);
        }

        last = Math.Min(last, content.Length - 1);
        if (first > last)
        {
            throw new ApiException("InvalidRange", "The requested range is not satisfiable", 416);
        }

        return (content[(int)first..((int)last + 1)], string.Create(CultureInfo.InvariantCulture, $"bytes {first}-{last}/{content.Length}"));
    }

    private static int MaxKeysOf(ApiRequest request)
        => request.QueryValue("max-keys") is { } text
            ? int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Min(number, 1000) : throw new ApiException("InvalidArgument", "Provided max-keys not an integer or within integer range")
            : 1000;

    private ApiResponse Put(ApiRequest request, Bucket bucket, string key)
    {
        var item = Describe(state, request, bucket, key) with { Content = ContentOf(request) };
        bucket.Objects.Put(item);
        return WithEncryption(new ApiResponse(200).With("ETag", $"\"{item.ETag}\""), item);
    }

    private static ApiResponse List(ApiRequest request, Bucket bucket, bool isV2)
    {
        var prefix = request.QueryValue("prefix") ?? string.Empty;
        var delimiter = request.QueryValue("delimiter") ?? string.Empty;
        var maxKeys = MaxKeysOf(request);
        var after = isV2
            ? request.QueryValue("continuation-token") is { Length: > 0 } token ? FromToken(token) : request.QueryValue("start-after") ?? string.Empty
            : request.QueryValue("marker") ?? string.Empty;
        var page = Page(bucket, prefix, delimiter, after, maxKeys);
        string Name(string key) => request.QueryValue("encoding-type") == "url" ? Uri.EscapeDataString(key).Replace("%2F", "/", StringComparison.Ordinal) : key;

        var result = new XElement(Namespace + "ListBucketResult", Element("Name", bucket.Name), Element("Prefix", Name(prefix)));
        if (isV2)
        {
            result.Add(Element("KeyCount", page.Objects.Count + page.Folders.Count));
            AddIfAny(result, "ContinuationToken", request.QueryValue("continuation-token"));
            AddIfAny(result, "NextContinuationToken", page.Next is null ? null : Convert.ToBase64String(Encoding.UTF8.GetBytes(page.Next)));
            AddIfAny(result, "StartAfter", request.QueryValue("start-after") is { } start ? Name(start) : null);
        }
        else
        {
            result.Add(Element("Marker", Name(after)));
            AddIfAny(result, "NextMarker", page.Next is { } next && delimiter.Length > 0 ? Name(next) : null);
        }

        result.Add(Element("MaxKeys", maxKeys));
        AddIfAny(result, "Delimiter", delimiter.Length == 0 ? null : Name(delimiter));
        AddIfAny(result, "EncodingType", request.QueryValue("encoding-type"));
        result.Add(Element("IsTruncated", XmlValues.Flag(page.Next is not null)));
        foreach (var item in page.Objects)
        {
            result.Add(new XElement(
                Namespace + "Contents",
                Element("Key", Name(item.Key)),
                Element("LastModified", XmlValues.Time(item.LastModified)),
                Element("ETag", $"\"{item.ETag}\""),
                Element("Size", item.Content.Length),
                Element("StorageClass", "STANDARD")));
        }

        foreach (var folder in page.Folders)
        {
            result.Add(new XElement(Namespace + "CommonPrefixes", Element("Prefix", Name(folder))));
        }

        return S3Service.Xml(result);
    }

    private static void AddIfAny(XElement result, string name, string? value)
    {
        if (value is not null)
        {
            result.Add(Element(name, value));
        }
    }

    private static string FromToken(string token)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(token));
        }
        catch (FormatException)
        {
            throw new ApiException("InvalidArgument", "The continuation token provided is incorrect");
        }
    }

    private static (List<SandboxObject> Objects, List<string> Folders, string? Next) Page(Bucket bucket, string prefix, string delimiter, string after, int maxKeys)
    {
        var objects = new List<SandboxObject>();
        var folders = new List<string>();
        string? last = null;
        var from = string.CompareOrdinal(after, prefix) > 0 ? after : prefix;
        while (true)
        {
            string? skipTo = null;
            foreach (var item in bucket.Objects.From(from))
            {
                if (!item.Key.StartsWith(prefix, StringComparison.Ordinal))
                {
                    return (objects, folders, null);
                }

                if (after.Length > 0 && (string.CompareOrdinal(item.Key, after) <= 0 || (delimiter.Length > 0 && after.EndsWith(delimiter, StringComparison.Ordinal) && item.Key.StartsWith(after, StringComparison.Ordinal))))
                {
                    continue;
                }

                if (objects.Count + folders.Count >= maxKeys)
                {
                    return (objects, folders, maxKeys == 0 ? null : last);
                }

                var end = delimiter.Length == 0 ? -1 : item.Key.IndexOf(delimiter, prefix.Length, StringComparison.Ordinal);
                if (end < 0)
                {
                    objects.Add(item);
                    last = item.Key;
                    continue;
                }

                // One folder represents all keys below it: continue after the last of them.
                last = item.Key[..(end + delimiter.Length)];
                folders.Add(last);
                skipTo = last[..^1] + (char)(last[^1] + 1);
                break;
            }

            if (skipTo is null)
            {
                return (objects, folders, null);
            }

            from = skipTo;
        }
    }
}
