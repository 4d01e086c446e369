using LogDelivery.Aws.Clients;

namespace LogDelivery.Aws.Services;

/// <summary>The operations of Amazon SNS that are called.</summary>
internal static class SnsOperations
{
    public static QueryOperation<GetTopicAttributesInput, GetTopicAttributesOutput> GetTopicAttributes { get; } = new(
        ServiceModels.Sns,
        "GetTopicAttributes",
        i => [("TopicArn", i.TopicArn)],
        e => new(e.Map("Attributes")));

    public static QueryOperation<SetTopicAttributesInput, NoOutput> SetTopicAttributes { get; } = new(
        ServiceModels.Sns,
        "SetTopicAttributes",
        i => [("TopicArn", i.TopicArn), ("AttributeName", i.AttributeName), ("AttributeValue", i.AttributeValue)],
        _ => new());

    public static IReadOnlyList<IServiceOperation> All { get; } = [GetTopicAttributes, SetTopicAttributes];
}

internal sealed record GetTopicAttributesInput(string TopicArn);

internal sealed record SetTopicAttributesInput(string TopicArn, string AttributeName, string AttributeValue);

internal sealed record GetTopicAttributesOutput(IReadOnlyDictionary<string, string> Attributes);
