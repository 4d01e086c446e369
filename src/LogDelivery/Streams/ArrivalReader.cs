using System.IO.Compression;
using LogDelivery.Gateways;

namespace LogDelivery.Streams;

/// <summary>Looks for what has arrived in the bucket: the newest object, and records that were set aside.</summary>
internal sealed class ArrivalReader(IObjectGateway objects, StreamPicture picture, StreamDestination destination)
{
    private const int MaxKeys = 1000;
    private const int MaxObjects = 3;
    private const int MaxBytes = 1 << 18;

    private static readonly string[] ErrorOutputTypes = ["processing-failed", "decompression-failed", "format-conversion-failed", "metadata-extraction-failed"];

    private readonly KeyPrefixExpression data = KeyPrefixExpression.ForData(destination.Prefix);
    private readonly KeyPrefixExpression errors = KeyPrefixExpression.ForErrors(destination.ErrorOutputPrefix, destination.Prefix);

    /// <summary>The newest object of the stream.</summary>
    public async Task<Readable<BucketObject>> FindNewestAsync(CancellationToken cancellationToken)
    {
        // Dates in keys sort as they pass; where a prefix begins otherwise, or nothing is that new, the beginning has to do.
        var lately = data.Evaluate(picture.Time.AddDays(-2), destination.TimeZone);
        var found = await objects.ListAsync(destination.BucketName, data.Literal, lately, MaxKeys, cancellationToken).ConfigureAwait(false);
        if (found.Value is { } some && !some.Any(IsData))
        {
            found = await objects.ListAsync(destination.BucketName, data.Literal, null, MaxKeys, cancellationToken).ConfigureAwait(false);
        }

        return found.Select(list => list.Where(IsData).MaxBy(o => o.LastModified));
    }

    /// <summary>The newest records below the error prefix, oldest first.</summary>
    public async Task<Readable<IReadOnlyList<FailedRecord>>> FindFailedAsync(CancellationToken cancellationToken)
    {
        var candidates = new List<BucketObject>();
        foreach (var prefix in ErrorOutputTypes.Select(errors.LiteralFor).Distinct())
        {
            var found = await objects.ListAsync(destination.BucketName, prefix, null, MaxKeys, cancellationToken).ConfigureAwait(false);
            if (found.IsUnreadable)
            {
                return Readable.Unreadable<IReadOnlyList<FailedRecord>>(found.Error!);
            }

            candidates.AddRange((found.Value ?? []).Where(o => IsOfStream(o) && !IsData(o)));
        }

        var records = new List<FailedRecord>();
        foreach (var item in candidates.OrderBy(o => o.LastModified).TakeLast(MaxObjects))
        {
            var content = await objects.ReadAsync(destination.BucketName, item.Key, MaxBytes, cancellationToken).ConfigureAwait(false);
            if (content.IsUnreadable)
            {
                return Readable.Unreadable<IReadOnlyList<FailedRecord>>(content.Error!);
            }

            records.AddRange(FailedRecord.Read(item.Key, Decompress(content.Value ?? [])));
        }

        return Readable.Found<IReadOnlyList<FailedRecord>>(records);
    }

    private bool IsOfStream(BucketObject item) => item.Key[(item.Key.LastIndexOf('/') + 1)..].Contains($"{picture.StreamName}-", StringComparison.Ordinal);

    // The error prefix may lie below the prefix of the data, or be none of its own.
    private bool IsData(BucketObject item)
        => IsOfStream(item) && !ErrorOutputTypes.Any(t => item.Key.StartsWith(errors.LiteralFor(t), StringComparison.Ordinal) && item.Key.Contains(t, StringComparison.Ordinal));

    // Only the beginning was read, so the end may be missing.
    private static byte[] Decompress(byte[] content)
    {
        if (content is not [0x1F, 0x8B, ..])
        {
            return content;
        }

        using var output = new MemoryStream();
        try
        {
            using var gzip = new GZipStream(new MemoryStream(content), CompressionMode.Decompress);
            var buffer = new byte[8192];
            for (var read = gzip.Read(buffer); read > 0 && output.Length < MaxBytes * 4; read = gzip.Read(buffer))
            {
                output.Write(buffer, 0, read);
            }
        }
        catch (InvalidDataException)
        {
            // What could be unpacked is enough to tell what failed.
        }

        return output.ToArray();
    }
}
