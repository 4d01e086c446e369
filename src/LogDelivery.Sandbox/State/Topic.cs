using LogDelivery.Policies;

namespace LogDelivery.Sandbox.State;

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

/// <summary>A subscription of a topic.</summary>
internal sealed class Subscription(string protocol, string endpoint, string arn)
{
    public string Protocol { get; } = protocol;

    public string Endpoint { get; } = endpoint;

    public string Arn { get; } = arn;

    /// <summary>Whether the subscription is not confirmed yet. E-mail and HTTP endpoints must confirm; queues and functions need not.</summary>
    public bool IsPending { get; set; } = protocol is "email" or "email-json" or "http" or "https";
}
