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

    public static IReadOnlyList<IServiceOperation> All { get; } = [GetTopicAttributes];
}

internal sealed record GetTopicAttributesInput(string TopicArn);

internal sealed record GetTopicAttributesOutput(IReadOnlyDictionary<string, string> Attributes);
