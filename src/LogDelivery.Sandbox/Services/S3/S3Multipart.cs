using System.Globalization;
using System.Xml.Linq;
using LogDelivery.Sandbox.Deliveries;
using LogDelivery.Sandbox.Http;
using LogDelivery.Sandbox.State;

namespace LogDelivery.Sandbox.Services.S3;

/// <summary>Uploads in parts, as clients send large files. Source: S3 API reference, CreateMultipartUpload and its companions.</summary>
internal sealed class S3Multipart(SandboxState state)
{
    private const int MaxPartNumber = 10_000;
    private const int MinPartBytes = 5 * 1024 * 1024;

    private static readonly XNamespace Namespace = S3Service.Namespace;

    private readonly S3Copy copies = new(state);
    private long count;

    public ApiResponse Handle(ApiRequest request, Bucket bucket, S3Target target) => target.Operation switch
    {
        "CreateMultipartUpload" => Create(request, bucket, target.Key),
        "UploadPart" => Upload(request, bucket, target.Key),
        "UploadPartCopy" => Copy(request, bucket, target.Key),
        "CompleteMultipartUpload" => Complete(request, bucket, target.Key),
        "AbortMultipartUpload" => Abort(request, bucket, target.Key),
        "ListParts" => ListParts(request, bucket, target.Key),
        "ListMultipartUploads" => ListUploads(request, bucket),
        _ => throw new ApiException("NotImplemented", $"The sandbox does not know s3:{target.Operation}.", 501),
    };

    private static XElement Element(string name, object? value) => new(Namespace + name, value);

    private static MultipartUpload UploadOf(ApiRequest request, Bucket bucket, string key)
        => request.QueryValue("uploadId") is { } id && bucket.Uploads.GetValueOrDefault(id) is { } upload && upload.Item.Key == key
            ? upload
            : throw new ApiException("NoSuchUpload", "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.", 404);

    private static int NumberOf(ApiRequest request)
        => int.TryParse(request.QueryValue("partNumber"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= MaxPartNumber
            ? number
            : throw new ApiException("InvalidArgument", "Part number must be an integer between 1 and 10000, inclusive");

    private static StoredPart[] Chosen(ApiRequest request, MultipartUpload upload)
    {
        var chosen = new List<StoredPart>();
        foreach (var element in XElement.Parse(request.BodyText).Elements().Where(e => e.Name.LocalName == "Part"))
        {
            string Member(string name) => element.Elements().FirstOrDefault(e => e.Name.LocalName == name)?.Value.Trim() ?? string.Empty;
            if (!int.TryParse(Member("PartNumber"), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                || !upload.Parts.TryGetValue(number, out var part)
                || Member("ETag").Trim('"') != part.ETag)
            {
                throw new ApiException("InvalidPart", "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.");
            }

            if (chosen.Count > 0 && chosen[^1].Number >= number)
            {
                throw new ApiException("InvalidPartOrder", "The list of parts was not in ascending order. Parts must be ordered by part number.");
            }

            chosen.Add(part);
        }

        return chosen.Count == 0
            ? throw new ApiException("MalformedXML", "The XML you provided was not well-formed or did not validate against our published schema")
            : chosen.SkipLast(1).Any(p => p.Content.Length < MinPartBytes)
                ? throw new ApiException("EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size")
                : [.. chosen];
    }

    private static ApiResponse Abort(ApiRequest request, Bucket bucket, string key)
    {
        bucket.Uploads.Remove(UploadOf(request, bucket, key).Id);
        return new ApiResponse(204);
    }

    private static ApiResponse ListParts(ApiRequest request, Bucket bucket, string key)
    {
        var upload = UploadOf(request, bucket, key);
        var after = int.TryParse(request.QueryValue("part-number-marker"), NumberStyles.None, CultureInfo.InvariantCulture, out var marker) ? marker : 0;
        var parts = upload.Parts.Values.Where(p => p.Number > after).Select(p => new XElement(
            Namespace + "Part",
            Element("PartNumber", p.Number),
            Element("LastModified", XmlValues.Time(p.LastModified)),
            Element("ETag", $"\"{p.ETag}\""),
            Element("Size", p.Content.Length)));
        return S3Service.Xml(new XElement(
            Namespace + "ListPartsResult", Element("Bucket", bucket.Name), Element("Key", key), Element("UploadId", upload.Id), Element("IsTruncated", "false"), parts));
    }

    private static ApiResponse ListUploads(ApiRequest request, Bucket bucket)
    {
        var prefix = request.QueryValue("prefix") ?? string.Empty;
        var uploads = bucket.Uploads.Values
            .Where(u => u.Item.Key.StartsWith(prefix, StringComparison.Ordinal))
            .OrderBy(u => u.Item.Key, StringComparer.Ordinal)
            .Select(u => new XElement(Namespace + "Upload", Element("Key", u.Item.Key), Element("UploadId", u.Id), Element("Initiated", XmlValues.Time(u.Item.LastModified))));
        return S3Service.Xml(new XElement(Namespace + "ListMultipartUploadsResult", Element("Bucket", bucket.Name), Element("IsTruncated", "false"), uploads));
    }

    private ApiResponse Create(ApiRequest request, Bucket bucket, string key)
    {
        var item = S3Objects.Describe(state, request, bucket, key);
        var upload = new MultipartUpload(GeneratedNames.Mixed($"upload/{bucket.Name}/{key}/{++count}", 64), item);
        bucket.Uploads.Add(upload.Id, upload);
        return S3Objects.WithEncryption(
            S3Service.Xml(new XElement(Namespace + "InitiateMultipartUploadResult", Element("Bucket", bucket.Name), Element("Key", key), Element("UploadId", upload.Id))), item);
    }

    private ApiResponse Upload(ApiRequest request, Bucket bucket, string key)
    {
        var part = new StoredPart(NumberOf(request), S3Objects.ContentOf(request), state.Now);
        UploadOf(request, bucket, key).Parts[part.Number] = part;
        return new ApiResponse(200).With("ETag", $"\"{part.ETag}\"");
    }

    private ApiResponse Copy(ApiRequest request, Bucket bucket, string key)
    {
        var part = new StoredPart(NumberOf(request), S3Copy.RangeOf(request, S3Copy.SourceOf(state, request)), state.Now);
        UploadOf(request, bucket, key).Parts[part.Number] = part;
        return S3Service.Xml(copies.Result("CopyPartResult", part.ETag));
    }

    private ApiResponse Complete(ApiRequest request, Bucket bucket, string key)
    {
        var upload = UploadOf(request, bucket, key);
        var parts = Chosen(request, upload);
        var content = new byte[parts.Sum(p => p.Content.Length)];
        var offset = 0;
        foreach (var part in parts)
        {
            part.Content.CopyTo(content, offset);
            offset += part.Content.Length;
        }

        var item = upload.Item with { Content = content, LastModified = state.Now, ETag = EntityTag.OfParts(parts) };
        bucket.Objects.Put(item);
        bucket.Uploads.Remove(upload.Id);
        return S3Objects.WithEncryption(
            S3Service.Xml(new XElement(
                Namespace + "CompleteMultipartUploadResult", Element("Location", $"http://{request.Host}/{bucket.Name}/{key}"), Element("Bucket", bucket.Name), Element("Key", key), Element("ETag", $"\"{item.ETag}\""))),
            item);
    }
}
