using LogDelivery.Gateways;
using LogDelivery.Sources;

namespace LogDelivery.Streams;

/// <summary>
/// What was read of a chain: its configuration, its policies, and what AWS shows of it. Every judgement is made from this
/// alone. Immutable.
/// </summary>
internal sealed record StreamPicture
{
    /// <summary>The Region of the stream.</summary>
    public required string Region { get; init; }

    /// <summary>The 12-digit account of the stream.</summary>
    public required string AccountId { get; init; }

    /// <summary>The stream's name.</summary>
    public required string StreamName { get; init; }

    /// <summary>When the picture was taken.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The account's organization; <see langword="null"/> when it is not known.</summary>
    public string? OrganizationId { get; init; }

    /// <summary>The log groups that send to the stream, or should.</summary>
    public IReadOnlyList<SubscriptionPicture> Subscriptions { get; init; } = [];

    /// <summary>Why no log group was looked at; <see langword="null"/> when one was.</summary>
    public string? SubscriptionNote { get; init; }

    /// <summary>The stream.</summary>
    public required Readable<StreamDescription> Stream { get; init; }

    /// <summary>The role that the stream delivers with; missing when IAM knows none.</summary>
    public Readable<RoleDescription> Role { get; init; } = Readable.Missing<RoleDescription>();

    /// <summary>The bucket; missing when there is none.</summary>
    public Readable<BucketPlace> Bucket { get; init; } = Readable.Missing<BucketPlace>();

    /// <summary>The bucket's settings.</summary>
    public BucketSettings BucketSettings { get; init; } = new();

    /// <summary>The bucket's policy; missing when it has none.</summary>
    public Readable<string> BucketPolicy { get; init; } = Readable.Missing<string>();

    /// <summary>The name of the KMS key that objects are encrypted with; <see langword="null"/> when there is none.</summary>
    public string? KmsKeyId { get; init; }

    /// <summary>That key; missing when KMS knows none.</summary>
    public Readable<KeyDescription> Key { get; init; } = Readable.Missing<KeyDescription>();

    /// <summary>The key's policy.</summary>
    public Readable<string> KeyPolicy { get; init; } = Readable.Missing<string>();

    /// <summary>The newest events of the error log; missing when its group or stream does not exist.</summary>
    public Readable<IReadOnlyList<LogGroupEvent>> ErrorLog { get; init; } = Readable.Found<IReadOnlyList<LogGroupEvent>>([]);

    /// <summary>The newest object of the stream's data; missing when there is none.</summary>
    public Readable<BucketObject> NewestObject { get; init; } = Readable.Missing<BucketObject>();

    /// <summary>The newest records below the error prefix.</summary>
    public Readable<IReadOnlyList<FailedRecord>> FailedRecords { get; init; } = Readable.Found<IReadOnlyList<FailedRecord>>([]);

    /// <summary>The IAM actions that the caller lacks for the rest.</summary>
    public IReadOnlyList<string> MissingPermissions { get; init; } = [];

    /// <summary>The stream's ARN.</summary>
    public string StreamArn => Stream.Value?.Arn ?? $"arn:{Regions.PartitionOf(Region)}:firehose:{Region}:{AccountId}:deliverystream/{StreamName}";
}

/// <summary>What was read of one log group's subscription. Immutable.</summary>
/// <param name="LogGroupName">The log group.</param>
internal sealed record SubscriptionPicture(string LogGroupName)
{
    /// <summary>The filters of the group; missing when there is no such group.</summary>
    public required Readable<IReadOnlyList<SubscriptionFilter>> Filters { get; init; }

    /// <summary>The role of the filter that sends to the stream; missing when IAM knows none.</summary>
    public Readable<RoleDescription> Role { get; init; } = Readable.Missing<RoleDescription>();

    /// <summary>The newest events of the group.</summary>
    public Readable<IReadOnlyList<LogGroupEvent>> Events { get; init; } = Readable.Found<IReadOnlyList<LogGroupEvent>>([]);

    /// <summary>The filter that sends to a stream; <see langword="null"/> when none does.</summary>
    /// <param name="streamArn">The stream.</param>
    public SubscriptionFilter? FilterTo(string streamArn) => Filters.Value?.FirstOrDefault(f => f.DestinationArn == streamArn);
}
