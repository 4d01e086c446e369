namespace LogDelivery;

/// <summary>
/// One log event from a CloudWatch Logs subscription. Every property can be set, so that scripts and their tests can make
/// such objects of their own.
/// </summary>
public sealed record LogSubscriptionEvent
{
    /// <summary>The log group; <see langword="null"/> when only messages were kept on the way.</summary>
    public string? LogGroup { get; init; }

    /// <summary>The log stream; <see langword="null"/> when only messages were kept on the way.</summary>
    public string? LogStream { get; init; }

    /// <summary>The account that the log group belongs to; <see langword="null"/> when only messages were kept on the way.</summary>
    public string? Owner { get; init; }

    /// <summary>The event's id; <see langword="null"/> when only messages were kept on the way.</summary>
    public string? Id { get; init; }

    /// <summary>The time when the event was logged, in UTC, to the millisecond; <see langword="null"/> when only the message was kept on the way.</summary>
    public DateTime? Timestamp { get; init; }

    /// <summary>The message.</summary>
    public string Message { get; init; } = string.Empty;

    /// <summary>The message.</summary>
    public override string ToString() => Message;
}
