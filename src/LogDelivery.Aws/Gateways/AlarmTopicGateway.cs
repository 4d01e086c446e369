using LogDelivery.Aws.Clients;
using LogDelivery.Aws.Services;
using LogDelivery.Gateways;

namespace LogDelivery.Aws.Gateways;

/// <summary>Topics that alarms notify, by SNS.</summary>
internal sealed class AlarmTopicGateway(ClientPool clients, string region) : IAlarmTopicGateway
{
    public Task<Readable<AlarmTopic>> FindAsync(string topicArn, CancellationToken cancellationToken)
        => Readable.AskAsync<AlarmTopic>(async () =>
        {
            var output = await clients.CallAsync(SnsOperations.GetTopicAttributes, region, new(topicArn), cancellationToken).ConfigureAwait(false);
            var key = output.Attributes.GetValueOrDefault("KmsMasterKeyId");
            return new(topicArn, output.Attributes.GetValueOrDefault("Policy"), string.IsNullOrEmpty(key) ? null : key);
        });

    public async Task<string> CreateAsync(string name, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken)
    {
        var output = await clients.CallAsync(SnsOperations.CreateTopic, region, new(name, tags), cancellationToken).ConfigureAwait(false);
        return output.TopicArn ?? throw AwsErrors.Unreadable(null, new("sns", "CreateTopic", region));
    }

    public Task DeleteAsync(string topicArn, CancellationToken cancellationToken)
        => clients.CallAsync(SnsOperations.DeleteTopic, region, new(topicArn), cancellationToken);

    public Task<Readable<IReadOnlyDictionary<string, string>>> GetTagsAsync(string topicArn, CancellationToken cancellationToken)
        => Readable.AskAsync<IReadOnlyDictionary<string, string>>(async () =>
            await clients.CallAsync(SnsOperations.ListTagsForResource, region, new(topicArn), cancellationToken).ConfigureAwait(false));

    public Task<Readable<IReadOnlyList<TopicSubscription>>> ListSubscriptionsAsync(string topicArn, CancellationToken cancellationToken)
        => Readable.AskAsync<IReadOnlyList<TopicSubscription>>(async () =>
        {
            var subscriptions = new List<TopicSubscription>();
            var pages = Pages.ReadAsync(
                next => clients.CallAsync(SnsOperations.ListSubscriptionsByTopic, region, new(topicArn, next), cancellationToken), p => p.NextToken);
            await foreach (var page in pages.ConfigureAwait(false))
            {
                subscriptions.AddRange(page.Subscriptions.Select(Convert));
            }

            return subscriptions;
        });

    public Task SubscribeEmailAsync(string topicArn, string address, CancellationToken cancellationToken)
        => clients.CallAsync(SnsOperations.Subscribe, region, new(topicArn, "email", address), cancellationToken);

    public Task UnsubscribeAsync(string subscriptionArn, CancellationToken cancellationToken)
        => clients.CallAsync(SnsOperations.Unsubscribe, region, new(subscriptionArn), cancellationToken);

    // What is not confirmed yet has the word PendingConfirmation where its ARN will be.
    private static TopicSubscription Convert(SubscriptionMember entry) => new(
        entry.Protocol ?? string.Empty,
        entry.Endpoint ?? string.Empty,
        entry.SubscriptionArn is { } arn && arn.StartsWith("arn:", StringComparison.Ordinal) ? arn : null);
}
