using Amazon.S3.Model;
using LogDelivery.Aws.Clients;

namespace LogDelivery.Aws.Objects;

/// <summary>Reads the objects of one bucket in its Region.</summary>
internal sealed class S3Bucket(ClientPool clients, string name, string region)
{
    public string Name => name;

    /// <summary>The maximum time without data while an object is read.</summary>
    public TimeSpan Silence => clients.Settings.Timeout;

    public Task<ListObjectsV2Response> ListAsync(ListObjectsV2Request request, CancellationToken cancellationToken)
        => clients.CallS3Async("ListObjectsV2", region, name, (s3, token) => s3.ListObjectsV2Async(request, token), cancellationToken);

    /// <summary>Opens an object at an offset, unless the object has changed.</summary>
    public Task<GetObjectResponse> GetAsync(string key, long from, string? etag, CancellationToken cancellationToken)
        => clients.CallS3Async(
            "GetObject",
            region,
            name,
            (s3, token) => s3.GetObjectAsync(
                new GetObjectRequest
                {
                    BucketName = name,
                    Key = key,
                    ByteRange = from > 0 ? new ByteRange($"bytes={from}-") : null,
                    EtagToMatch = from > 0 ? etag : null,
                },
                token),
            cancellationToken);
}
