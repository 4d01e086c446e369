using System.Text.Json.Nodes;
using LogDelivery.Patterns;

namespace LogDelivery.Sandbox.State;

/// <summary>A Firehose stream with its buffered records.</summary>
internal sealed class FirehoseStream(string name, string arn, string account, string region, DateTimeOffset created, string type, JsonObject destination)
{
    public string Name { get; } = name;

    public string Arn { get; } = arn;

    public string Account { get; } = account;

    public string Region { get; } = region;

    public DateTimeOffset Created { get; } = created;

    /// <summary><c>DirectPut</c>, <c>KinesisStreamAsSource</c>...</summary>
    public string Type { get; } = type;

    public string Status { get; set; } = "ACTIVE";

    public int Version { get; set; } = 1;

    public JsonObject? Source { get; init; }

    public string EncryptionStatus { get; set; } = "DISABLED";

    /// <summary>The S3 destination as DescribeDeliveryStream shows it.</summary>
    public JsonObject Destination { get; set; } = destination;

    /// <summary>Records that wait for their object.</summary>
    public List<StreamRecord> Buffer { get; } = [];

    /// <summary>Objects that wait for their delivery, oldest first.</summary>
    public Queue<StreamObject> Pending { get; } = new();

    /// <summary>The reason why the last attempt failed; <see langword="null"/> after a success.</summary>
    public WriteRefusal? Failure { get; set; }

    public long Delivered { get; set; }

    public long Lost { get; set; }

    /// <summary>The route that judges the delivery; created again when the destination changes.</summary>
    public (int Version, DeliveryRoute Route)? Route { get; set; }
}

/// <summary>A record in a stream.</summary>
internal sealed record StreamRecord(DateTimeOffset Arrived, byte[] Data);

/// <summary>An object in delivery, with its key and the time of the first attempt.</summary>
internal sealed record StreamObject(DateTimeOffset Time, string Key, byte[] Content, string ContentType);

/// <summary>A subscription filter of a log group.</summary>
internal sealed class SandboxSubscriptionFilter(string name, FilterPattern pattern, string destinationArn, string? roleArn, string distribution, DateTimeOffset created)
{
    public string Name { get; } = name;

    public FilterPattern Pattern { get; } = pattern;

    public string DestinationArn { get; } = destinationArn;

    public string? RoleArn { get; } = roleArn;

    public string Distribution { get; } = distribution;

    public DateTimeOffset Created { get; } = created;

    /// <summary>
    /// The time until which nothing is sent after a refusal. Source: CloudWatch Logs user guide, Subscriptions: the filter
    /// is disabled for up to ten minutes, and events in that time are skipped.
    /// </summary>
    public DateTimeOffset? DisabledUntil { get; set; }

    public long Sent { get; set; }

    public long Skipped { get; set; }

    /// <summary>The reason why the last attempt failed.</summary>
    public string? Error { get; set; }
}
