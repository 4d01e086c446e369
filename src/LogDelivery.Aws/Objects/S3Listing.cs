using Amazon.S3.Model;
using LogDelivery.Logs.Files;

namespace LogDelivery.Aws.Objects;

/// <summary>
/// Lists the objects below a prefix that a range of time admits, in the order of their keys. Where the keys of a stretch are
/// out, the listing goes on behind it: a day costs two calls more, however much lies outside of it.
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
