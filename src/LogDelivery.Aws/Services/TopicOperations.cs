using LogDelivery.Aws.Clients;

namespace LogDelivery.Aws.Services;

/// <summary>The operations of Amazon SNS for topics that alarms tell.</summary>
internal static class TopicOperations
{
    public static QueryOperation<CreateTopicInput, CreateTopicOutput> CreateTopic { get; } = new(
        ServiceModels.Sns,
        "CreateTopic",
        i => [("Name", i.Name), .. QueryFields.Tags("Tags", i.Tags)],
        e => new(e.Text("TopicArn")));

    public static QueryOperation<TopicArnInput, NoOutput> DeleteTopic { get; } = new(
        ServiceModels.Sns, "DeleteTopic", i => [("TopicArn", i.TopicArn)], _ => new());

    public static QueryOperation<TopicTagsInput, TagsOutput> ListTagsForResource { get; } = new(
        ServiceModels.Sns,
        "ListTagsForResource",
        i => [("ResourceArn", i.ResourceArn)],
        e => new([.. e.List("Tags").Select(t => new ResourceTag(t.Text("Key"), t.Text("Value")))]));

    public static QueryOperation<ListSubscriptionsInput, ListSubscriptionsOutput> ListSubscriptionsByTopic { get; } = new(
        ServiceModels.Sns,
        "ListSubscriptionsByTopic",
        i => [("TopicArn", i.TopicArn), ("NextToken", i.NextToken)],
        e => new([.. e.List("Subscriptions").Select(s => new SubscriptionMember(s.Text("Protocol"), s.Text("Endpoint"), s.Text("SubscriptionArn")))], e.Text("NextToken")));

    public static QueryOperation<SubscribeInput, SubscribeOutput> Subscribe { get; } = new(
        ServiceModels.Sns,
        "Subscribe",
        i => [("TopicArn", i.TopicArn), ("Protocol", i.Protocol), ("Endpoint", i.Endpoint)],
        e => new(e.Text("SubscriptionArn")));

    public static QueryOperation<SubscriptionArnInput, NoOutput> Unsubscribe { get; } = new(
        ServiceModels.Sns, "Unsubscribe", i => [("SubscriptionArn", i.SubscriptionArn)], _ => new());

    public static IReadOnlyList<IServiceOperation> All { get; } = [CreateTopic, DeleteTopic, ListTagsForResource, ListSubscriptionsByTopic, Subscribe, Unsubscribe];
}

internal sealed record CreateTopicInput(string Name, IReadOnlyDictionary<string, string>? Tags);

internal sealed record CreateTopicOutput(string? TopicArn);

internal sealed record TopicArnInput(string TopicArn);

internal sealed record TopicTagsInput(string ResourceArn);

internal sealed record ListSubscriptionsInput(string TopicArn, string? NextToken = null);

internal sealed record ListSubscriptionsOutput(IReadOnlyList<SubscriptionMember> Subscriptions, string? NextToken);

internal sealed record SubscriptionMember(string? Protocol, string? Endpoint, string? SubscriptionArn);

internal sealed record SubscribeInput(string TopicArn, string Protocol, string Endpoint);

internal sealed record SubscribeOutput(string? SubscriptionArn);

internal sealed record SubscriptionArnInput(string SubscriptionArn);
