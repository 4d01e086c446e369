namespace LogDelivery.Gateways;

/// <summary>Reads and writes the SNS topics that alarms notify.</summary>
internal interface IAlarmTopicGateway
{
    /// <summary>A topic.</summary>
    /// <param name="topicArn">Its ARN.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<Readable<AlarmTopic>> FindAsync(string topicArn, CancellationToken cancellationToken);

    /// <summary>Creates a topic.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="tags">Its tags.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The ARN.</returns>
    Task<string> CreateAsync(string name, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken);

    /// <summary>Deletes a topic with all of its subscriptions.</summary>
    /// <param name="topicArn">Its ARN.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task DeleteAsync(string topicArn, CancellationToken cancellationToken);

    /// <summary>The tags of a topic.</summary>
    /// <param name="topicArn">Its ARN.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<Readable<IReadOnlyDictionary<string, string>>> GetTagsAsync(string topicArn, CancellationToken cancellationToken);

    /// <summary>Lists the subscriptions of a topic, unconfirmed ones included.</summary>
    /// <param name="topicArn">Its ARN.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<Readable<IReadOnlyList<TopicSubscription>>> ListSubscriptionsAsync(string topicArn, CancellationToken cancellationToken);

    /// <summary>Subscribes an e-mail address; SNS sends it a confirmation request.</summary>
    /// <param name="topicArn">The topic.</param>
    /// <param name="address">The address.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task SubscribeEmailAsync(string topicArn, string address, CancellationToken cancellationToken);

    /// <summary>Ends a subscription.</summary>
    /// <param name="subscriptionArn">Its ARN.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task UnsubscribeAsync(string subscriptionArn, CancellationToken cancellationToken);
}

/// <summary>A topic.</summary>
/// <param name="Arn">Its ARN.</param>
/// <param name="Policy">Its policy, if it may be read.</param>
/// <param name="KmsKeyId">The key that its messages are encrypted with, if any: an id, an ARN or an alias.</param>
internal sealed record AlarmTopic(string Arn, string? Policy, string? KmsKeyId);

/// <summary>A subscription of a topic.</summary>
public sealed record TopicSubscription
{
    /// <summary>An empty one, for tests of scripts.</summary>
    public TopicSubscription()
    {
    }

    internal TopicSubscription(string protocol, string endpoint, string? arn)
        => (Protocol, Endpoint, Arn) = (protocol, endpoint, arn);

    /// <summary><c>email</c>, <c>sqs</c>, <c>https</c> and so on.</summary>
    public string Protocol { get; init; } = string.Empty;

    /// <summary>The address, in the form of the protocol.</summary>
    public string Endpoint { get; init; } = string.Empty;

    /// <summary>The ARN; <see langword="null"/> until the subscription is confirmed.</summary>
    public string? Arn { get; init; }

    /// <summary>Whether messages are sent there.</summary>
    public bool IsConfirmed => Arn is not null;
}
