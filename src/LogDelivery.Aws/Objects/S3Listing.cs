using Amazon.S3.Model;
using LogDelivery.Logs.Files;

namespace LogDelivery.Aws.Objects;

/// <summary>
/// Lists the objects below a prefix whose keys match a range of time, in the order of their keys. The listing skips keys
/// out of range: a day costs two more calls, regardless of the number of other keys.
/// </summary>
internal sealed class S3Listing(S3Bucket bucket, string prefix, LogKeyRange range)
{
    public async IAsyncEnumerable<S3Object> ReadAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new ListObjectsV2Request { BucketName = bucket.Name, Prefix = prefix };
        while (true)
        {
            var page = await bucket.ListAsync(request, cancellationToken).ConfigureAwait(false);
            string? resumeAfter = null;
            foreach (var entry in page.S3Objects ?? [])
            {
                if (resumeAfter is not null && string.CompareOrdinal(entry.Key, resumeAfter) <= 0)
                {
                    continue;
                }

                if (range.Admits(entry.Key, out resumeAfter))
                {
                    yield return entry;
                }
            }

            if (page.IsTruncated != true)
            {
                yield break;
            }

            request.ContinuationToken = resumeAfter is null ? page.NextContinuationToken : null;
            request.StartAfter = resumeAfter;
        }
    }
}
