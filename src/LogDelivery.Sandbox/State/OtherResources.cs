using LogDelivery.Policies;
using LogDelivery.Sandbox.Deliveries;

namespace LogDelivery.Sandbox.State;

/// <summary>A KMS key.</summary>
internal sealed class KmsKey(string id, string account, string region, DateTimeOffset created)
{
    public string Id { get; } = id;

    public string Account { get; } = account;

    public string Region { get; } = region;

    public DateTimeOffset Created { get; } = created;

    public string Arn { get; } = $"arn:{SandboxState.PartitionOf(region)}:kms:{region}:{account}:key/{id}";

    public string Description { get; set; } = string.Empty;

    /// <summary>As DescribeKey names it: <c>Enabled</c>, <c>Disabled</c>, <c>PendingDeletion</c>, <c>PendingImport</c>...</summary>
    public string KeyState { get; set; } = "Enabled";

    public string KeyUsage { get; set; } = "ENCRYPT_DECRYPT";

    public string KeySpec { get; set; } = "SYMMETRIC_DEFAULT";

    public DateTimeOffset? DeletionDate { get; set; }

    public StoredPolicy Policy { get; } = new(PolicyKind.Key);
}

/// <summary>An SNS topic.</summary>
internal sealed class Topic(string name, string account, string region)
{
    public string Name { get; } = name;

    public string Arn { get; } = $"arn:{SandboxState.PartitionOf(region)}:sns:{region}:{account}:{name}";

    public SortedDictionary<string, string> Attributes { get; } = new(StringComparer.Ordinal);

    public StoredPolicy Policy { get; } = new(PolicyKind.Any);

    public SortedDictionary<string, string> Tags { get; } = new(StringComparer.Ordinal);

    public List<Subscription> Subscriptions { get; } = [];

    public List<(DateTimeOffset Time, string Subject, string Message)> Messages { get; } = [];
}

/// <summary>Somebody who listens to a topic.</summary>
internal sealed class Subscription(string protocol, string endpoint, string arn)
{
    public string Protocol { get; } = protocol;

    public string Endpoint { get; } = endpoint;

    public string Arn { get; } = arn;

    /// <summary>Whether nobody has confirmed it yet; people and web servers are asked to, queues and functions are not.</summary>
    public bool IsPending { get; set; } = protocol is "email" or "email-json" or "http" or "https";
}

/// <summary>An IAM role.</summary>
internal sealed class Role(string name, string path, string account, DateTimeOffset created)
{
    public string Name { get; } = name;

    public string Path { get; } = path;

    public DateTimeOffset Created { get; } = created;

    public string Arn { get; } = $"arn:aws:iam::{account}:role{path}{name}";

    public string TrustPolicy { get; set; } = string.Empty;

    /// <summary>Inline policies by name.</summary>
    public SortedDictionary<string, string> Policies { get; } = new(StringComparer.Ordinal);

    /// <summary>The ARNs of the managed policies that are attached.</summary>
    public SortedSet<string> AttachedPolicies { get; } = new(StringComparer.Ordinal);

    /// <summary>The ARN of the managed policy that bounds the others.</summary>
    public string? PermissionsBoundary { get; set; }
}

/// <summary>A managed policy of an account's own, with its versions; the first is <c>v1</c>.</summary>
internal sealed class ManagedPolicy(string name, string path, string account, DateTimeOffset created)
{
    public string Name { get; } = name;

    public string Path { get; } = path;

    public DateTimeOffset Created { get; } = created;

    public string Arn { get; } = $"arn:aws:iam::{account}:policy{path}{name}";

    public SortedDictionary<int, string> Versions { get; } = [];

    public int DefaultVersion { get; set; } = 1;

    /// <summary>The text that counts.</summary>
    public string Text => Versions[DefaultVersion];
}

/// <summary>A CloudWatch Logs group.</summary>
internal sealed class SandboxLogGroup(string name, string account, string region, DateTimeOffset created)
{
    public string Name { get; } = name;

    public string Arn { get; } = $"arn:{SandboxState.PartitionOf(region)}:logs:{region}:{account}:log-group:{name}:*";

    public DateTimeOffset Created { get; } = created;

    public int? RetentionInDays { get; set; }

    public SortedDictionary<string, List<StoredEvent>> Streams { get; } = new(StringComparer.Ordinal);

    /// <summary>The class, which decides what works on the group.</summary>
    public string LogClass { get; init; } = "STANDARD";

    /// <summary>By name.</summary>
    public SortedDictionary<string, SandboxMetricFilter> MetricFilters { get; } = new(StringComparer.Ordinal);

    /// <summary>What the metric filters counted.</summary>
    public List<Measurement> Measurements { get; } = [];

    /// <summary>By name.</summary>
    public SortedDictionary<string, SandboxSubscriptionFilter> SubscriptionFilters { get; } = new(StringComparer.Ordinal);

    /// <summary>Events that the subscription filters have not seen yet.</summary>
    public List<(string Stream, StoredEvent Event)> Unsent { get; } = [];

    public void Add(string stream, StoredEvent item)
    {
        if (!Streams.TryGetValue(stream, out var events))
        {
            Streams.Add(stream, events = []);
        }

        events.Add(item);
        if (SubscriptionFilters.Count > 0)
        {
            Unsent.Add((stream, item));
        }

        // A filter counts what comes after it was made; nothing is looked at again later.
        Measurements.AddRange(MetricFilters.Values.Select(f => f.Measure(item.Message)).OfType<Measurement>());
    }
}

/// <summary>One event in a log stream.</summary>
internal sealed record StoredEvent(string Id, DateTimeOffset Timestamp, DateTimeOffset Ingestion, string Message);

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

    /// <summary>The bucket's owner at the first delivery, to whom the service sticks.</summary>
    public string? PinnedOwner { get; set; }
}

/// <summary>A delivery of some other source, configured over the sandbox's own interface.</summary>
internal sealed class ConfiguredDelivery(string name, DeliveryRoute route, TimeSpan interval)
{
    public string Name { get; } = name;

    public DeliveryRoute Route { get; } = route;

    public TimeSpan Interval { get; } = interval;

    public DeliveryQueue LogFiles { get; } = new();
}
