using System.Xml.Linq;
using LogDelivery.Policies;
using LogDelivery.Sandbox.Deliveries;
using LogDelivery.Sandbox.Http;
using LogDelivery.Sandbox.State;

namespace LogDelivery.Sandbox.Services;

/// <summary>SNS: topics, their policies, and messages, which are stored and not sent.</summary>
internal sealed class SnsService : QueryService
{
    private readonly SandboxState state;

    public SnsService(SandboxState state)
        : base("sns", "2010-03-31", "http://sns.amazonaws.com/doc/2010-03-31/")
    {
        this.state = state;
        On("CreateTopic", CreateTopic);
        On("DeleteTopic", DeleteTopic);
        On("ListTopics", ListTopics);
        On("GetTopicAttributes", GetTopicAttributes);
        On("SetTopicAttributes", SetTopicAttributes);
        On("Subscribe", Subscribe);
        On("ConfirmSubscription", ConfirmSubscription);
        On("Unsubscribe", Unsubscribe);
        On("ListSubscriptionsByTopic", ListSubscriptionsByTopic);
        OnTags(call => Tagged(call).Tags);
        On("Publish", Publish);
    }

    private Topic TopicOf(QueryCall call)
        => state.FindTopic(call.Required("TopicArn")) ?? throw new ApiException("NotFound", "Topic does not exist", 404);

    private IEnumerable<XElement> CreateTopic(QueryCall call)
    {
        var topic = new Topic(call.Required("Name"), call.Account, call.Region);
        var topics = state.AccountOf(call.Account).Topics;
        var tags = call.Tags("Tags");
        if (topics.TryGetValue(topic.Arn, out var present))
        {
            if (tags.Any(t => present.Tags.GetValueOrDefault(t.Key) != t.Value))
            {
                throw new ApiException("InvalidParameter", "Invalid parameter: Tags Reason: Topic already exists with different tags");
            }

            return [call.Element("TopicArn", topic.Arn)];
        }

        topic.Policy.Set(DefaultPolicies.Topic(call.Account, topic.Arn));
        foreach (var (key, value) in tags)
        {
            topic.Tags[key] = value;
        }

        topics.Add(topic.Arn, topic);

        return [call.Element("TopicArn", topic.Arn)];
    }

    private IEnumerable<XElement> DeleteTopic(QueryCall call)
    {
        if (state.FindTopic(call.Required("TopicArn")) is { } topic && Arn.TryParse(topic.Arn, out var arn))
        {
            state.AccountOf(arn.AccountId).Topics.Remove(topic.Arn);
        }

        return [];
    }

    private IEnumerable<XElement> ListTopics(QueryCall call)
        => [call.Element("Topics", state.AccountOf(call.Account).Topics.Values.Where(t => t.Arn.Contains($":{call.Region}:", StringComparison.Ordinal)).Select(t => call.Element("member", call.Element("TopicArn", t.Arn))))];

    private IEnumerable<XElement> GetTopicAttributes(QueryCall call)
    {
        var topic = TopicOf(call);
        var attributes = new SortedDictionary<string, string>(topic.Attributes, StringComparer.Ordinal)
        {
            ["TopicArn"] = topic.Arn,
            ["Owner"] = Arn.TryParse(topic.Arn, out var arn) ? arn.AccountId : call.Account,
            ["Policy"] = topic.Policy.Read(state.Now) ?? string.Empty,
            ["SubscriptionsConfirmed"] = Count(topic, pending: false),
            ["SubscriptionsPending"] = Count(topic, pending: true),
        };
        return [call.Element("Attributes", attributes.Select(a => call.Element("entry", call.Element("key", a.Key), call.Element("value", a.Value))))];
    }

    private IEnumerable<XElement> SetTopicAttributes(QueryCall call)
    {
        var topic = TopicOf(call);
        var (name, value) = (call.Required("AttributeName"), call.Text("AttributeValue") ?? string.Empty);
        if (name != "Policy")
        {
            topic.Attributes[name] = value;
            return [];
        }

        if (!PolicyDocument.TryParse(value, PolicyKind.Any, out var document, out var problems))
        {
            throw new ApiException("InvalidParameter", $"Invalid parameter: Policy Error: {problems.First(p => p.Severity == PolicyProblemSeverity.Error)}");
        }

        PolicyWrites.Set(state, topic.Policy, value, document);
        return [];
    }

    private IEnumerable<XElement> Subscribe(QueryCall call)
    {
        var topic = TopicOf(call);
        var (protocol, endpoint) = (call.Required("Protocol"), call.Text("Endpoint") ?? string.Empty);
        var arn = $"{topic.Arn}:{GeneratedNames.Guid($"{topic.Arn}/{protocol}/{endpoint}")}";
        var subscription = topic.Subscriptions.Find(s => s.Arn == arn);
        if (subscription is null)
        {
            topic.Subscriptions.Add(subscription = new(protocol, endpoint, arn));
        }

        return [call.Element("SubscriptionArn", subscription.IsPending ? "pending confirmation" : arn)];
    }

    // No message with a token is sent here; the subscription's id or its endpoint serves as the token.
    private IEnumerable<XElement> ConfirmSubscription(QueryCall call)
    {
        var topic = TopicOf(call);
        var token = call.Required("Token");
        var subscription = topic.Subscriptions.Find(s => s.Endpoint == token || s.Arn.EndsWith($":{token}", StringComparison.Ordinal))
            ?? throw new ApiException("InvalidParameter", "Invalid parameter: Token");
        subscription.IsPending = false;
        return [call.Element("SubscriptionArn", subscription.Arn)];
    }

    private IEnumerable<XElement> Unsubscribe(QueryCall call)
    {
        var arn = call.Required("SubscriptionArn");
        var topic = Arn.TryParse(arn, out _) ? state.FindTopic(arn[..arn.LastIndexOf(':')]) : throw new ApiException("InvalidParameter", "Invalid parameter: SubscriptionArn");
        topic?.Subscriptions.RemoveAll(s => s.Arn == arn);
        return [];
    }

    private Topic Tagged(QueryCall call)
        => state.FindTopic(call.Required("ResourceArn")) ?? throw new ApiException("ResourceNotFound", "Resource does not exist", 404);

    private static string Count(Topic topic, bool pending)
        => topic.Subscriptions.Count(s => s.IsPending == pending).ToString(System.Globalization.CultureInfo.InvariantCulture);

    private IEnumerable<XElement> ListSubscriptionsByTopic(QueryCall call)
    {
        var topic = TopicOf(call);
        return
        [
            call.Element("Subscriptions", topic.Subscriptions.Select(s => call.Element(
                "member",
                call.Element("TopicArn", topic.Arn),
                call.Element("Protocol", s.Protocol),
                call.Element("SubscriptionArn", s.IsPending ? "PendingConfirmation" : s.Arn),
                call.Element("Owner", call.Account),
                call.Element("Endpoint", s.Endpoint)))),
        ];
    }

    private IEnumerable<XElement> Publish(QueryCall call)
    {
        var topic = TopicOf(call);
        topic.Messages.Add((state.Now, call.Text("Subject") ?? string.Empty, call.Required("Message")));
        return [call.Element("MessageId", GeneratedNames.Guid($"{topic.Arn}/{topic.Messages.Count}"))];
    }
}
