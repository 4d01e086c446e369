namespace LogDelivery.Logs.Access;

/// <summary>
/// Maps the operations in both kinds of log to kinds of access to objects. Sources: S3 user guide,
/// cloudtrail-logging-s3-info and LogFormat.
/// </summary>
internal static class ObjectOperations
{
    private static readonly Dictionary<string, S3AccessKind> Events = new(StringComparer.Ordinal)
    {
        ["GetObject"] = S3AccessKind.Read,
        ["HeadObject"] = S3AccessKind.Read,
        ["GetObjectAcl"] = S3AccessKind.Read,
        ["GetObjectAttributes"] = S3AccessKind.Read,
        ["GetObjectLegalHold"] = S3AccessKind.Read,
        ["GetObjectRetention"] = S3AccessKind.Read,
        ["GetObjectTagging"] = S3AccessKind.Read,
        ["GetObjectTorrent"] = S3AccessKind.Read,
        ["SelectObjectContent"] = S3AccessKind.Read,
        ["PutObject"] = S3AccessKind.Write,
        ["PostObject"] = S3AccessKind.Write,
        ["CopyObject"] = S3AccessKind.Write,
        ["CreateMultipartUpload"] = S3AccessKind.Write,
        ["UploadPart"] = S3AccessKind.Write,
        ["UploadPartCopy"] = S3AccessKind.Write,
        ["CompleteMultipartUpload"] = S3AccessKind.Write,
        ["PutObjectAcl"] = S3AccessKind.Write,
        ["PutObjectLegalHold"] = S3AccessKind.Write,
        ["PutObjectRetention"] = S3AccessKind.Write,
        ["PutObjectTagging"] = S3AccessKind.Write,
        ["RenameObject"] = S3AccessKind.Write,
        ["RestoreObject"] = S3AccessKind.Write,
        ["AbortMultipartUpload"] = S3AccessKind.Delete,
        ["DeleteObject"] = S3AccessKind.Delete,
        ["DeleteObjects"] = S3AccessKind.Delete,
        ["DeleteObjectTagging"] = S3AccessKind.Delete,
        ["ListObjects"] = S3AccessKind.List,
        ["ListObjectsV2"] = S3AccessKind.List,
        ["ListObjectVersions"] = S3AccessKind.List,
        ["ListMultipartUploads"] = S3AccessKind.List,
        ["ListParts"] = S3AccessKind.List,
    };

    // REST.VERB.RESOURCE, SOAP.Action, WEBSITE.VERB.RESOURCE, BATCH.DELETE.OBJECT, S3.ACTION.RESOURCE.
    private static readonly HashSet<string> Resources = new(StringComparer.Ordinal)
    {
        "OBJECT", "OBJECT_GET", "OBJECT_TAGGING", "PART", "PART_GET", "UPLOAD", "UPLOADS", "LEGAL_HOLD", "RETENTION", "OBJECT_ATTRIBUTES", "RESTORE",
    };

    /// <summary>Gets the kind of access of a request; <see langword="null"/> when the request does not concern an object.</summary>
    public static S3AccessKind? KindOf(S3Request request)
        => request.Evidence == DeliveryEvidence.CloudTrail ? KindOfEvent(request.Operation) : KindOfOperation(request.Operation, request.Key is not null);

    private static S3AccessKind? KindOfEvent(string name) => Events.TryGetValue(name, out var kind) ? kind : null;

    private static S3AccessKind? KindOfOperation(string operation, bool hasKey)
    {
        var parts = operation.Split('.');
        if (parts is ["SOAP", var action])
        {
            return KindOfEvent(action);
        }

        if (parts is ["S3", .. var own])
        {
            return own is ["EXPIRE", "OBJECT"] or ["CREATE", "DELETEMARKER"] or ["DELETE", "UPLOAD"] ? S3AccessKind.Delete : null;
        }

        if (parts.Length != 3)
        {
            return null;
        }

        return (parts[1], parts[2]) switch
        {
            ("POST", "MULTI_OBJECT_DELETE") => S3AccessKind.Delete,
            ("GET", "BUCKET" or "BUCKETVERSIONS" or "OBJECT_VERSIONS") => S3AccessKind.List,
            ("GET", "UPLOADS" or "UPLOAD") => S3AccessKind.List,
            ("COPY", "OBJECT_GET" or "PART_GET") => S3AccessKind.Read,
            ("GET" or "PUT", "ACL") when hasKey => parts[1] == "GET" ? S3AccessKind.Read : S3AccessKind.Write,
            (var verb, var resource) when Resources.Contains(resource) => verb switch
            {
                "GET" or "HEAD" or "SELECT" => S3AccessKind.Read,
                "PUT" or "POST" or "COPY" => S3AccessKind.Write,
                "DELETE" => S3AccessKind.Delete,
                _ => null,
            },
            _ => null,
        };
    }
}
