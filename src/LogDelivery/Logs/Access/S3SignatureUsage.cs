namespace LogDelivery;

/// <summary>
/// The use of one signature version: one object for each caller's ARN, user agent, bucket and version, with the number of
/// requests. Times are UTC. Every property can be set, so that scripts and their tests can make objects of their own.
/// </summary>
public sealed record S3SignatureUsage
{
    /// <summary>
    /// The ARN of the caller. For callers without an ARN in the log, the service principal, the canonical user id or the
    /// account; <see langword="null"/> when the log names no caller.
    /// </summary>
    public string? Arn { get; init; }

    /// <summary>
    /// The user agent as the log has it, brackets included; <c>(ambiguous)</c> for lines of access logs in which a client's
    /// quotes make its end ambiguous.
    /// </summary>
    public string? UserAgent { get; init; }

    /// <summary>The bucket; <see langword="null"/> for requests that name none, such as a list of buckets.</summary>
    public string? BucketName { get; init; }

    /// <summary>The signature version: <c>SigV2</c>, <c>SigV4</c>.</summary>
    public string Version { get; init; } = string.Empty;

    /// <summary>The number of requests.</summary>
    public long Count { get; init; }

    /// <summary>The time of the first one, in UTC.</summary>
    public DateTime FirstSeen { get; init; }

    /// <summary>The time of the last one, in UTC.</summary>
    public DateTime LastSeen { get; init; }

    /// <summary>The group in a line.</summary>
    public override string ToString() => VisibleText.Of($"{Version} {Arn} {UserAgent} {BucketName}: {Count}");
}
