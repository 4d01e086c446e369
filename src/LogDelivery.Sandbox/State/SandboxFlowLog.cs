namespace LogDelivery.Sandbox.State;

/// <summary>A flow log.</summary>
internal sealed class SandboxFlowLog(string id, string account, string region, DateTimeOffset created)
{
    public string Id { get; } = id;

    public string Account { get; } = account;

    public string Region { get; } = region;

    public DateTimeOffset Created { get; } = created;

    public required string ResourceId { get; init; }

    public string TrafficType { get; init; } = "ALL";

    public required string BucketName { get; init; }

    public string? KeyPrefix { get; init; }

    public string LogDestination { get; init; } = string.Empty;

    public string LogFormat { get; init; } = "${version} ${account-id} ${interface-id} ${srcaddr} ${dstaddr} ${srcport} ${dstport} ${protocol} ${packets} ${bytes} ${start} ${end} ${action} ${log-status}";

    public int MaxAggregationInterval { get; init; } = 600;

    public bool HiveCompatiblePartitions { get; init; }

    public bool PerHourPartition { get; init; }

    public DeliveryQueue LogFiles { get; } = new();

    public DeliveryRoute? Route { get; set; }

    /// <summary>The owner of the bucket at the first delivery; later deliveries require the same owner.</summary>
    public string? PinnedOwner { get; set; }
}
