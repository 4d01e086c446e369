namespace LogDelivery;

/// <summary>What one caller did with the objects of one bucket, added up. Times are UTC.</summary>
public sealed record S3ObjectAccessSummary
{
    /// <summary>The bucket.</summary>
    public string? BucketName { get; init; }

    /// <summary>What was done.</summary>
    public S3AccessKind Access { get; init; }

    /// <summary>The ARN of the caller.</summary>
    public string? Arn { get; init; }

    /// <summary>From where the caller came.</summary>
    public S3CallerKind Caller { get; init; }

    /// <summary>The name of what the caller came through.</summary>
    public string? CallerName { get; init; }

    /// <summary>How many requests, failed ones included.</summary>
    public long Count { get; init; }

    /// <summary>How many of them were refused or failed.</summary>
    public long Errors { get; init; }

    /// <summary>The bytes that the caller sent.</summary>
    public long BytesTransferredIn { get; init; }

    /// <summary>The bytes that the caller got.</summary>
    public long BytesTransferredOut { get; init; }

    /// <summary>The time of the first request, in UTC.</summary>
    public DateTime FirstTime { get; init; }

    /// <summary>The time of the last request, in UTC.</summary>
    public DateTime LastTime { get; init; }

    /// <summary>The group in a line.</summary>
    public override string ToString() => $"{Access} {BucketName} by {Arn ?? "nobody"} ({Caller} {CallerName}): {Count}";
}
