using LogDelivery.Sandbox.Http;

namespace LogDelivery.Sandbox.Services.S3;

/// <summary>The bucket and key of an S3 request.</summary>
/// <param name="Bucket">The bucket, or <see langword="null"/> for the account.</param>
/// <param name="Key">The object's key, decoded; empty for the bucket.</param>
/// <param name="Operation">The operation's API name.</param>
/// <param name="Action">The IAM action that it needs.</param>
/// <param name="Subresource">The subresource in the query, such as <c>policy</c>.</param>
internal sealed record S3Target(string? Bucket, string Key, string Operation, string Action, string? Subresource);

/// <summary>Identifies S3 operations by method, path and subresource.</summary>
internal static class S3Operations
{
    private sealed record SubresourceNames(string Get, string Put, string Delete, string ReadAction, string WriteAction);

    private static readonly Dictionary<string, SubresourceNames> Subresources = new(StringComparer.Ordinal)
    {
        ["policy"] = new("GetBucketPolicy", "PutBucketPolicy", "DeleteBucketPolicy", "GetBucketPolicy", "PutBucketPolicy"),
        ["policyStatus"] = Plain("BucketPolicyStatus"),
        ["acl"] = Plain("BucketAcl"),
        ["location"] = Plain("BucketLocation"),
        ["encryption"] = new("GetBucketEncryption", "PutBucketEncryption", "DeleteBucketEncryption", "GetEncryptionConfiguration", "PutEncryptionConfiguration"),
        ["ownershipControls"] = Plain("BucketOwnershipControls"),
        ["publicAccessBlock"] = new("GetPublicAccessBlock", "PutPublicAccessBlock", "DeletePublicAccessBlock", "GetBucketPublicAccessBlock", "PutBucketPublicAccessBlock"),
        ["object-lock"] = new("GetObjectLockConfiguration", "PutObjectLockConfiguration", "DeleteObjectLockConfiguration", "GetBucketObjectLockConfiguration", "PutBucketObjectLockConfiguration"),
        ["requestPayment"] = Plain("BucketRequestPayment"),
        ["logging"] = Plain("BucketLogging"),
        ["versioning"] = Plain("BucketVersioning"),
        ["tagging"] = Plain("BucketTagging"),
        ["lifecycle"] = new("GetBucketLifecycleConfiguration", "PutBucketLifecycleConfiguration", "DeleteBucketLifecycle", "GetLifecycleConfiguration", "PutLifecycleConfiguration"),
        ["notification"] = new("GetBucketNotificationConfiguration", "PutBucketNotificationConfiguration", "DeleteBucketNotification", "GetBucketNotification", "PutBucketNotification"),
        ["cors"] = Plain("BucketCors"),
        ["website"] = Plain("BucketWebsite"),
        ["replication"] = Plain("BucketReplication"),
        ["accelerate"] = Plain("BucketAccelerateConfiguration"),
    };

    public static S3Target Of(ApiRequest request)
    {
        var (bucket, key) = Split(request);
        if (bucket is null)
        {
            return new(null, string.Empty, "ListBuckets", "ListAllMyBuckets", null);
        }

        if (key.Length > 0)
        {
            return OfObject(request, bucket, key);
        }

        foreach (var (name, _) in request.Query)
        {
            if (Subresources.TryGetValue(name, out var names))
            {
                var (operation, action) = request.Method switch
                {
                    "PUT" => (names.Put, names.WriteAction),
                    "DELETE" => (names.Delete, names.WriteAction),
                    _ => (names.Get, names.ReadAction),
                };
                return new(bucket, string.Empty, operation, operation == "DeleteBucketPolicy" ? operation : action, name);
            }
        }

        return request.Method switch
        {
            "PUT" => new(bucket, string.Empty, "CreateBucket", "CreateBucket", null),
            "DELETE" => new(bucket, string.Empty, "DeleteBucket", "DeleteBucket", null),
            "HEAD" => new(bucket, string.Empty, "HeadBucket", "ListBucket", null),
            "POST" when request.HasQuery("delete") => new(bucket, string.Empty, "DeleteObjects", "DeleteObject", "delete"),
            "GET" when request.HasQuery("uploads") => new(bucket, string.Empty, "ListMultipartUploads", "ListBucketMultipartUploads", "uploads"),
            "GET" when request.HasQuery("versions") => new(bucket, string.Empty, "ListObjectVersions", "ListBucketVersions", "versions"),
            _ => new(bucket, string.Empty, request.QueryValue("list-type") == "2" ? "ListObjectsV2" : "ListObjects", "ListBucket", null),
        };
    }

    private static S3Target OfObject(ApiRequest request, string bucket, string key) => request.Method switch
    {
        "POST" when request.HasQuery("uploads") => new(bucket, key, "CreateMultipartUpload", "PutObject", "uploads"),
        "POST" when request.HasQuery("uploadId") => new(bucket, key, "CompleteMultipartUpload", "PutObject", "uploadId"),
        "PUT" when request.HasQuery("uploadId") => new(bucket, key, IsCopy(request) ? "UploadPartCopy" : "UploadPart", "PutObject", "uploadId"),
        "DELETE" when request.HasQuery("uploadId") => new(bucket, key, "AbortMultipartUpload", "AbortMultipartUpload", "uploadId"),
        "GET" when request.HasQuery("uploadId") => new(bucket, key, "ListParts", "ListMultipartUploadParts", "uploadId"),
        "PUT" when IsCopy(request) => new(bucket, key, "CopyObject", "PutObject", null),
        "PUT" => new(bucket, key, "PutObject", "PutObject", null),
        "DELETE" => new(bucket, key, "DeleteObject", "DeleteObject", null),
        "HEAD" => new(bucket, key, "HeadObject", "GetObject", null),
        _ when request.HasQuery("acl") => new(bucket, key, "GetObjectAcl", "GetObjectAcl", "acl"),
        _ => new(bucket, key, "GetObject", "GetObject", null),
    };

    private static bool IsCopy(ApiRequest request) => request.Header(S3Copy.Header) is not null;

    // Virtual-host style: the bucket precedes the host's own name; otherwise it is the first part of the path.
    private static (string? Bucket, string Key) Split(ApiRequest request)
    {
        var host = request.Host.Split(':')[0];
        var path = Uri.UnescapeDataString(request.RawPath.Length > 1 ? request.RawPath[1..] : string.Empty);
        const string Suffix = ".localhost";
        if (host.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase))
        {
            var bucket = host[..^Suffix.Length];
            var service = bucket.IndexOf(".s3", StringComparison.Ordinal);
            return (service < 0 ? bucket : bucket[..service], path);
        }

        if (path.Length == 0)
        {
            return (null, string.Empty);
        }

        var slash = path.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? (path, string.Empty) : (path[..slash], path[(slash + 1)..]);
    }

    private static SubresourceNames Plain(string noun) => new($"Get{noun}", $"Put{noun}", $"Delete{noun}", $"Get{noun}", $"Put{noun}");
}
