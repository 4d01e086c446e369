using LogDelivery.Aws.Clients;

namespace LogDelivery.Aws.Services;

/// <summary>The operations of Amazon SNS.</summary>
internal static class SnsOperations
{
    public static QueryOperation<TopicArnInput, GetTopicAttributesOutput> GetTopicAttributes { get; } = new(
        ServiceModels.Sns,
        i => [("TopicArn", i.TopicArn)],
        e => new(e.Map("Attributes")));

    public static QueryOperation<SetTopicAttributesInput, NoOutput> SetTopicAttributes { get; } = new(
        ServiceModels.Sns,
        i => [("TopicArn", i.TopicArn), ("AttributeName", i.AttributeName), ("AttributeValue", i.AttributeValue)],
        _ => new());

    public static QueryOperation<CreateTopicInput, CreateTopicOutput> CreateTopic { get; } = new(
        ServiceModels.Sns,
        i => [("Name", i.Name), .. QueryFields.Tags("Tags", i.Tags)],
        e => new(e.Text("TopicArn")));

    public static QueryOperation<TopicArnInput, NoOutput> DeleteTopic { get; } = new(
        ServiceModels.Sns,
        i => [("TopicArn", i.TopicArn)],
        _ => new());

    public static QueryOperation<TopicTagsInput, IReadOnlyDictionary<string, string>> ListTagsForResource { get; } = new(
        ServiceModels.Sns,
        i => [("ResourceArn", i.ResourceArn)],
        e => e.Tags("Tags"));

    public static QueryOperation<ListSubscriptionsInput, ListSubscriptionsOutput> ListSubscriptionsByTopic { get; } = new(
        ServiceModels.Sns,
        i => [("TopicArn", i.TopicArn), ("NextToken", i.NextToken)],
        e => new([.. e.List("Subscriptions").Select(s => new SubscriptionMember(s.Text("Protocol"), s.Text("Endpoint"), s.Text("SubscriptionArn")))], e.Text("NextToken")));

    public static QueryOperation<SubscribeInput, SubscribeOutput> Subscribe { get; } = new(
        ServiceModels.Sns,
        i => [("TopicArn", i.TopicArn), ("Protocol", i.Protocol), ("Endpoint", i.Endpoint)],
        e => new(e.Text("SubscriptionArn")));

    public static QueryOperation<SubscriptionArnInput, NoOutput> Unsubscribe { get; } = new(
        ServiceModels.Sns,
        i => [("SubscriptionArn", i.SubscriptionArn)],
        _ => new());

    public static IReadOnlyList<IServiceOperation> All { get; } =
    [
        GetTopicAttributes, SetTopicAttributes, CreateTopic, DeleteTopic, ListTagsForResource, ListSubscriptionsByTopic, Subscribe, Unsubscribe,
    ];
}

internal sealed record SetTopicAttributesInput(string TopicArn, string AttributeName, string AttributeValue);

internal sealed record GetTopicAttributesOutput(IReadOnlyDictionary<string, string> Attributes);

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
