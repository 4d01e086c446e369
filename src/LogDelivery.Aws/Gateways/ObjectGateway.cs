using Amazon.S3.Model;
using LogDelivery.Aws.Clients;
using LogDelivery.Gateways;

namespace LogDelivery.Aws.Gateways;

/// <summary>Objects, by S3.</summary>
internal sealed class ObjectGateway(ClientPool clients, IBucketGateway buckets, string region) : IObjectGateway
{
    public Task<Readable<IReadOnlyList<BucketObject>>> ListAsync(string bucketName, string prefix, string? startAfter, int maxObjects, CancellationToken cancellationToken)
        => Readable.AskAsync<IReadOnlyList<BucketObject>>(async () =>
        {
            var home = await HomeOfAsync(bucketName, cancellationToken).ConfigureAwait(false);
            var request = new ListObjectsV2Request { BucketName = bucketName, Prefix = prefix, StartAfter = startAfter };
            var objects = new List<BucketObject>();
            do
            {
                request.MaxKeys = Math.Min(1000, maxObjects - objects.Count);
                var page = await clients.CallS3Async("ListObjectsV2", home, bucketName, (s3, token) => s3.ListObjectsV2Async(request, token), cancellationToken).ConfigureAwait(false);
                objects.AddRange((page.S3Objects ?? []).Select(o => new BucketObject(o.Key, (o.LastModified ?? DateTime.UnixEpoch).ToUniversalTime(), o.Size ?? 0)));
                request.ContinuationToken = page.IsTruncated == true ? page.NextContinuationToken : null;
            }
            while (request.ContinuationToken is not null && objects.Count < maxObjects);
            return objects;
        });

    public Task<Readable<byte[]>> ReadAsync(string bucketName, string key, int maxBytes, CancellationToken cancellationToken)
        => Readable.AskAsync<byte[]>(async () =>
        {
            var home = await HomeOfAsync(bucketName, cancellationToken).ConfigureAwait(false);
            return await clients.CallS3Async(
                "GetObject",
                home,
                bucketName,
                async (s3, token) =>
                {
                    using var response = await s3.GetObjectAsync(new GetObjectRequest { BucketName = bucketName, Key = key, ByteRange = new(0, maxBytes - 1) }, token).ConfigureAwait(false);
                    using var content = new MemoryStream();
                    await response.ResponseStream.CopyToAsync(content, token).ConfigureAwait(false);
                    return content.ToArray();
                },
                cancellationToken).ConfigureAwait(false);
        });

    private async Task<string> HomeOfAsync(string bucketName, CancellationToken cancellationToken)
        => (await buckets.FindAsync(bucketName, cancellationToken).ConfigureAwait(false)).Value?.Region ?? region;
}
