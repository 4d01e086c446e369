namespace LogDelivery.Logs.CloudTrail;

/// <summary>The action in policies that a request needs, by the names that the two kinds of log have for it.</summary>
internal static class S3Operation
{
    public const string PutObject = "s3:PutObject";

    /// <summary>The action of a CloudTrail event on S3. Source: S3 user guide, using-with-s3-policy-actions.</summary>
    public static string ActionOfEvent(string name) => name switch
    {
        "PutObject" or "CreateMultipartUpload" or "UploadPart" or "UploadPartCopy" or "CompleteMultipartUpload" or "CopyObject" => PutObject,
        "HeadBucket" or "ListObjects" or "ListObjectsV2" => "s3:ListBucket",
        "HeadObject" or "GetObject" => "s3:GetObject",
        "ListMultipartUploads" => "s3:ListBucketMultipartUploads",
        _ => $"s3:{name}",
    };

    /// <summary>The action of an operation in an access log. Source: S3 user guide, LogFormat.</summary>
    /// <param name="operation">The operation, such as <c>REST.PUT.OBJECT</c>.</param>
    /// <param name="hasKey">Whether the request names an object.</param>
    public static string ActionOfRequest(string operation, bool hasKey) => operation switch
    {
        "REST.PUT.OBJECT" or "REST.COPY.OBJECT" or "REST.POST.UPLOADS" or "REST.POST.UPLOAD" or "REST.PUT.PART" or "REST.COPY.PART" or "REST.POST.OBJECT" => PutObject,
        "REST.PUT.ACL" => hasKey ? "s3:PutObjectAcl" : "s3:PutBucketAcl",
        "REST.GET.ACL" => hasKey ? "s3:GetObjectAcl" : "s3:GetBucketAcl",
        "REST.HEAD.BUCKET" or "REST.GET.BUCKET" or "REST.LIST.OBJECTS" => "s3:ListBucket",
        "REST.HEAD.OBJECT" or "REST.GET.OBJECT" => "s3:GetObject",
        "REST.GET.LOCATION" => "s3:GetBucketLocation",
        "REST.GET.BUCKETPOLICY" => "s3:GetBucketPolicy",
        "REST.GET.BUCKETPOLICYSTATUS" or "REST.GET.POLICY_STATUS" => "s3:GetBucketPolicyStatus",
        "REST.DELETE.UPLOAD" => "s3:AbortMultipartUpload",
        "REST.GET.UPLOADS" => "s3:ListBucketMultipartUploads",
        "REST.PUT.OBJECT_TAGGING" => "s3:PutObjectTagging",
        _ => operation,
    };

    /// <summary>Whether logs arrive by such a call.</summary>
    public static bool Writes(string action) => action is PutObject or "s3:PutObjectAcl" or "s3:PutObjectTagging";
}
