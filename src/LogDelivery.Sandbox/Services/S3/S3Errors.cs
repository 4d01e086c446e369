using LogDelivery.Sandbox.Http;
using LogDelivery.Sandbox.State;

namespace LogDelivery.Sandbox.Services.S3;

/// <summary>The errors of S3. Source: S3 API reference, ErrorResponses.</summary>
internal static class S3Errors
{
    public static ApiException NoSuchBucket(string bucket)
        => new("NoSuchBucket", "The specified bucket does not exist", 404) { Details = [new("BucketName", bucket)] };

    public static ApiException NoSuchKey(string key)
        => new("NoSuchKey", "The specified key does not exist.", 404) { Details = [new("Key", key)] };

    public static ApiException NoSuchPolicy(string bucket)
        => new("NoSuchBucketPolicy", "The bucket policy does not exist", 404) { Details = [new("BucketName", bucket)] };

    public static ApiException AccessDenied() => new("AccessDenied", "Access Denied", 403);

    public static ApiException AccessDenied(RequestCaller caller, string action, string resource, string why)
        => new("AccessDenied", $"User: {caller.Arn} is not authorized to perform: {action} on resource: \"{resource}\" {why}", 403);

    public static ApiException MalformedPolicy(string message, string? detail = null)
        => new("MalformedPolicy", message) { Details = detail is null ? [] : [new("Detail", detail)] };

    /// <summary>The bucket is in another Region, which the header names.</summary>
    public static ApiException PermanentRedirect(Bucket bucket)
        => new("PermanentRedirect", "The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.", 301)
        {
            Details = [new("Endpoint", $"{bucket.Name}.s3.{bucket.Region}.amazonaws.com"), new("Bucket", bucket.Name)],
            Headers = [new("x-amz-bucket-region", bucket.Region)],
        };
}
