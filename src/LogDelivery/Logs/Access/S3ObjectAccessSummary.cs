using LogDelivery.Text;

namespace LogDelivery;

/// <summary>The accesses of one caller to the objects of one bucket, added up. Times are in UTC.</summary>
public sealed record S3ObjectAccessSummary
{
    /// <summary>The bucket.</summary>
    public string? BucketName { get; init; }

    /// <summary>The kind of access.</summary>
    public string Access
    {
        get => AccessValue.ToString();
        init => AccessValue = EnumWord.Parse<S3AccessKind>(value);
    }

    internal S3AccessKind AccessValue { get; init; }

    /// <summary>The ARN of the caller.</summary>
    public string? Arn { get; init; }

    /// <summary>The kind of caller.</summary>
    public string Caller
    {
        get => CallerValue.ToString();
        init => CallerValue = EnumWord.Parse<S3CallerKind>(value);
    }

    internal S3CallerKind CallerValue { get; init; }

    /// <summary>The name of what the caller used.</summary>
    public string? CallerName { get; init; }

    /// <summary>The number of requests, including failed ones.</summary>
    public long Count { get; init; }

    /// <summary>The number of requests that were denied or failed.</summary>
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
    public override string ToString() => VisibleText.Of($"{Access} {BucketName} by {Arn ?? "nobody"} ({Caller} {CallerName}): {Count}");
}
